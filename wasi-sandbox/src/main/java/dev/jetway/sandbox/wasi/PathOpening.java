package dev.jetway.sandbox.wasi;

import dev.jetway.sandbox.file.Directory;
import dev.jetway.sandbox.file.Errno;
import dev.jetway.sandbox.file.GuestPath;
import dev.jetway.sandbox.file.OpenFile;
import dev.jetway.sandbox.file.OpenRequest;
import dev.jetway.sandbox.file.Opened;
import dev.jetway.sandbox.host.GuestMemory;
import java.util.Objects;
import java.util.Optional;

/**
 * {@code path_open}. Of the requested rights only those to read and to write choose the mode, as in
 * other engines; the other rights are those that the type allows and the directory passes on.
 */
final class PathOpening {
    private static final int CREATE = 1;
    private static final int DIRECTORY = 1 << 1;
    private static final int EXCLUSIVE = 1 << 2;
    private static final int TRUNCATE = 1 << 3;
    private static final int ALL = CREATE | DIRECTORY | EXCLUSIVE | TRUNCATE;

    private PathOpening() {}

    static void open(WasiRun run, GuestMemory memory, long... a) {
        Descriptors descriptors = run.descriptors();
        Descriptor.Folder parent = descriptors.folder((int) a[0], Rights.PATH_OPEN);
        GuestPath path = PathCalls.path(run, memory, a[2], a[3]);
        OpenRequest request = request(parent, a);
        requireRights(parent, request);
        // A free number and a valid address for it are checked before anything is opened.
        descriptors.requireRoom();
        memory.require((int) a[8], Integer.BYTES);
        if (run.watch() != null) {
            requireReading(run, a[0], path, request);
        }
        Opened opened = parent.directory().open(path, request);
        if (request.create() && request.exclusive()) {
            run.locks().created(parent.directory(), path);
        }
        long inheriting = parent.attempts();
        Descriptor descriptor =
                switch (opened) {
                    case OpenFile file ->
                            new Descriptor.File(
                                    file, parent, fileRights(request, inheriting), (int) a[7]);
                    case Directory directory ->
                            new Descriptor.Folder(
                                    directory,
                                    Optional.empty(),
                                    Rights.DIRECTORY & inheriting,
                                    inheriting);
                };
        memory.writeInt((int) a[8], descriptors.add(descriptor));
    }

    /** A start may open files to read them. */
    private static void requireReading(
            WasiRun run, long number, GuestPath path, OpenRequest request) {
        boolean reads =
                !request.create() && !request.truncate() && !request.write() && !request.append();
        if (!reads) {
            throw Objects.requireNonNull(run.watch()).refused("it opens a file to write");
        }
        StartCalls.looked(run, number, path, request.follow(), false);
    }

    private static OpenRequest request(Descriptor.Folder parent, long... a) {
        int how = (int) a[4];
        int flags = (int) a[7];
        if ((how & ~ALL) != 0 || (flags & ~FdFlags.ALL) != 0) {
            throw Errno.INVAL.failure();
        }
        return new OpenRequest(
                PathCalls.follow(a[1]),
                (how & CREATE) != 0,
                (how & EXCLUSIVE) != 0,
                (how & TRUNCATE) != 0,
                (how & DIRECTORY) != 0,
                (a[5] & Rights.FD_READ) != 0,
                wantsToWrite(parent, a[5]),
                (flags & FdFlags.APPEND) != 0,
                (flags & FdFlags.ANY_SYNC) != 0);
    }

    /**
     * Detects a request to write in a read-only volume. wasi-libc removes from the rights of {@code
     * O_WRONLY} and {@code O_RDWR} those that the directory does not have; what remains is the
     * right to {@code fd_datasync}, which it requests with no other mode. Without this check the
     * file would be opened, and each write to it fail.
     */
    private static boolean wantsToWrite(Descriptor.Folder parent, long rights) {
        return (rights & Rights.FD_WRITE) != 0
                || (parent.directory().readOnly() && (rights & Rights.FD_DATASYNC) != 0);
    }

    private static void requireRights(Descriptor.Folder parent, OpenRequest request) {
        if (request.create()) {
            parent.require(Rights.PATH_CREATE_FILE);
        }
        if (request.truncate()) {
            parent.require(Rights.PATH_FILESTAT_SET_SIZE);
        }
        long wanted =
                (request.read() ? Rights.FD_READ : 0) | (request.write() ? Rights.FD_WRITE : 0);
        if ((parent.attempts() & wanted) != wanted) {
            throw Errno.NOTCAPABLE.failure();
        }
    }

    private static long fileRights(OpenRequest request, long inheriting) {
        long refused =
                (request.read() ? 0 : Rights.FD_READ) | (request.write() ? 0 : Rights.WRITING);
        return Rights.FILE & inheriting & ~refused;
    }
}
