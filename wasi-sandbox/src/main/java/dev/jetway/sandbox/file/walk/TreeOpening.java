package dev.jetway.sandbox.file.walk;

import dev.jetway.sandbox.file.Errno;
import dev.jetway.sandbox.file.FileStatus;
import dev.jetway.sandbox.file.FileUse;
import dev.jetway.sandbox.file.OpenRequest;
import dev.jetway.sandbox.file.Opened;
import dev.jetway.sandbox.file.Place;
import org.jspecify.annotations.Nullable;

/**
 * Opens the target of a walk. The type is checked before, so that no device is ever opened, and
 * again on the open handle, which decides if the name has been replaced meanwhile.
 *
 * @param <H> what stands for a directory that is open
 */
final class TreeOpening<H> {
    private static final byte[] HERE = {'.'};

    private final Tree<H> volume;
    private final OpenRequest request;

    TreeOpening(Tree<H> volume, OpenRequest request) {
        this.volume = volume;
        this.request = request;
    }

    Opened open(Place<H> place) {
        if (request.create() && request.directory()) {
            throw Errno.INVAL.failure();
        }
        FileStatus status = place.status();
        if (status == null) {
            return create(place);
        }
        if (request.create() && request.exclusive()) {
            throw Errno.EXIST.failure();
        }
        return switch (status.type()) {
            case DIRECTORY -> directory(place);
            case REGULAR_FILE -> file(place);
            case SYMBOLIC_LINK -> throw Errno.LOOP.failure();
            case UNKNOWN, BLOCK_DEVICE, CHARACTER_DEVICE, SOCKET_DGRAM, SOCKET_STREAM ->
                    throw Errno.ACCES.failure();
        };
    }

    private Opened create(Place<H> place) {
        if (!request.create()) {
            throw Errno.NOENT.failure();
        }
        volume.requireWritable();
        return regular(place, FileUse.NEW);
    }

    private Opened file(Place<H> place) {
        if (request.directory()) {
            throw Errno.NOTDIR.failure();
        }
        if (request.write() || request.truncate()) {
            volume.requireWritable();
        }
        return regular(place, volume.readOnly() ? FileUse.GUARDED : FileUse.EXISTING);
    }

    private Opened regular(Place<H> place, FileUse use) {
        return volume.names().openFile(place.directory(), place.nameOr(Errno.ISDIR), request, use);
    }

    private Opened directory(Place<H> place) {
        if (request.write() || request.create() || request.truncate()) {
            throw Errno.ISDIR.failure();
        }
        byte @Nullable [] name = place.name();
        H handle = volume.names().openDirectory(place.directory(), name == null ? HERE : name);
        return volume.directory(name == null ? place.depth() : place.depth() + 1, handle);
    }
}
