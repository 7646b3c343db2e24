package dev.jetway.sandbox.file;

import org.jspecify.annotations.Nullable;

/**
 * Opens what a walk has led to. The type is looked up before, so that no device is ever opened for
 * what it is, and again on the handle that was opened, which is what counts if the name has been
 * given to something else meanwhile.
 */
final class HostOpening {
    private static final byte[] HERE = {'.'};

    private final Libc libc;
    private final HostVolume volume;
    private final OpenRequest request;

    HostOpening(Libc libc, HostVolume volume, OpenRequest request) {
        this.libc = libc;
        this.volume = volume;
        this.request = request;
    }

    Opened open(Place place) {
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

    private Opened create(Place place) {
        if (!request.create()) {
            throw Errno.NOENT.failure();
        }
        volume.requireWritable();
        int flags = OpenFlags.CREATE | (request.exclusive() ? OpenFlags.EXCLUSIVE : 0);
        return regular(libc.open(place.directory(), place.nameOr(Errno.ISDIR), access() | flags));
    }

    private Opened file(Place place) {
        if (request.directory()) {
            throw Errno.NOTDIR.failure();
        }
        if (request.write() || request.truncate()) {
            volume.requireWritable();
        }
        return regular(libc.open(place.directory(), place.nameOr(Errno.ISDIR), access()));
    }

    private int access() {
        int flags =
                (request.append() ? OpenFlags.APPEND : 0) | (request.sync() ? OpenFlags.SYNC : 0);
        if (!request.write() && !request.truncate()) {
            return flags;
        }
        return flags | (request.read() ? OpenFlags.READ_WRITE : OpenFlags.WRITE_ONLY);
    }

    private Opened regular(int handle) {
        try {
            if (libc.status(handle).type() != FileType.REGULAR_FILE) {
                throw Errno.ACCES.failure();
            }
            if (request.truncate()) {
                libc.contents().setSize(handle, 0);
            }
            return new HostFile(libc, volume, handle);
        } catch (RuntimeException | Error e) {
            libc.close(handle);
            throw e;
        }
    }

    private Opened directory(Place place) {
        if (request.write() || request.create() || request.truncate()) {
            throw Errno.ISDIR.failure();
        }
        byte @Nullable [] name = place.name();
        int handle = libc.open(place.directory(), name == null ? HERE : name, OpenFlags.DIRECTORY);
        return new HostDirectory(
                libc, volume, name == null ? place.depth() : place.depth() + 1, handle);
    }
}
