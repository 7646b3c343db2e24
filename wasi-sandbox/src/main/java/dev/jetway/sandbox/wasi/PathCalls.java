package dev.jetway.sandbox.wasi;

import dev.jetway.sandbox.file.Directory;
import dev.jetway.sandbox.file.Errno;
import dev.jetway.sandbox.file.GuestPath;
import dev.jetway.sandbox.host.GuestMemory;
import java.util.List;

/** Functions on names in directories, except opening them. */
final class PathCalls {
    static final List<WasiFunction> ALL =
            List.of(
                    new WasiFunction("path_create_directory", "iii", PathCalls::createDirectory),
                    new WasiFunction("path_remove_directory", "iii", PathCalls::removeDirectory),
                    new WasiFunction("path_unlink_file", "iii", PathCalls::removeFile),
                    new WasiFunction("path_filestat_get", "iiiii", PathCalls::status),
                    new WasiFunction("path_filestat_set_times", "iiiiIIi", PathCalls::setTimes),
                    new WasiFunction("path_link", "iiiiiii", PathCalls::link),
                    new WasiFunction("path_rename", "iiiiii", PathCalls::rename),
                    new WasiFunction("path_readlink", "iiiiii", PathCalls::readLink),
                    new WasiFunction("path_symlink", "iiiii", PathCalls::symlink),
                    new WasiFunction("path_open", "iiiiiIIii", PathOpening::open));

    private static final int FOLLOW = 1;

    private PathCalls() {}

    static Directory folder(WasiRun run, long number, long right) {
        return run.descriptors().folder((int) number, right).directory();
    }

    static GuestPath path(WasiRun run, GuestMemory memory, long address, long length) {
        return GuestPath.of(run.readPath(memory, (int) address, (int) length));
    }

    /** Reads {@code lookupflags}. */
    static boolean follow(long flags) {
        if ((flags & ~FOLLOW) != 0) {
            throw Errno.INVAL.failure();
        }
        return flags == FOLLOW;
    }

    private static void createDirectory(WasiRun run, GuestMemory memory, long... a) {
        Directory directory = folder(run, a[0], Rights.PATH_CREATE_DIRECTORY);
        GuestPath path = path(run, memory, a[1], a[2]);
        directory.createDirectory(path);
        run.locks().created(directory, path);
    }

    private static void removeDirectory(WasiRun run, GuestMemory memory, long... a) {
        Directory directory = folder(run, a[0], Rights.PATH_REMOVE_DIRECTORY);
        GuestPath path = path(run, memory, a[1], a[2]);
        directory.removeDirectory(path);
        run.locks().removed(directory, path);
    }

    private static void removeFile(WasiRun run, GuestMemory memory, long... a) {
        Directory directory = folder(run, a[0], Rights.PATH_UNLINK_FILE);
        GuestPath path = path(run, memory, a[1], a[2]);
        directory.removeFile(path);
        run.locks().removed(directory, path);
    }

    private static void status(WasiRun run, GuestMemory memory, long... a) {
        Directory directory = folder(run, a[0], Rights.PATH_FILESTAT_GET);
        GuestPath path = path(run, memory, a[2], a[3]);
        boolean follow = follow(a[1]);
        StartCalls.looked(run, a[0], path, follow, true);
        Stats.write(memory, (int) a[4], directory.status(path, follow));
    }

    private static void setTimes(WasiRun run, GuestMemory memory, long... a) {
        Directory directory = folder(run, a[0], Rights.PATH_FILESTAT_SET_TIMES);
        int flags = (int) a[6];
        directory.setTimes(
                path(run, memory, a[2], a[3]),
                follow(a[1]),
                Stats.accessed(a[4], flags),
                Stats.modified(a[5], flags));
    }

    /**
     * Following a link is refused, as in other engines: linkat(2) does not follow one by default.
     */
    private static void link(WasiRun run, GuestMemory memory, long... a) {
        Directory from = folder(run, a[0], Rights.PATH_LINK_SOURCE);
        Directory to = folder(run, a[4], Rights.PATH_LINK_TARGET);
        if (a[1] != 0) {
            throw Errno.INVAL.failure();
        }
        from.link(path(run, memory, a[2], a[3]), to, path(run, memory, a[5], a[6]));
    }

    private static void rename(WasiRun run, GuestMemory memory, long... a) {
        Directory from = folder(run, a[0], Rights.PATH_RENAME_SOURCE);
        Directory to = folder(run, a[3], Rights.PATH_RENAME_TARGET);
        from.rename(path(run, memory, a[1], a[2]), to, path(run, memory, a[4], a[5]));
    }

    private static void readLink(WasiRun run, GuestMemory memory, long... a) {
        Directory directory = folder(run, a[0], Rights.PATH_READLINK);
        byte[] target = directory.readLink(path(run, memory, a[1], a[2]));
        long room = Integer.toUnsignedLong((int) a[4]);
        int used = (int) Math.min(target.length, room);
        memory.write((int) a[3], target, used);
        memory.writeInt((int) a[5], used);
    }

    private static void symlink(WasiRun run, GuestMemory memory, long... a) {
        byte[] target = run.readPath(memory, (int) a[0], (int) a[1]);
        Directory directory = folder(run, a[2], Rights.PATH_SYMLINK);
        directory.createLink(target, path(run, memory, a[3], a[4]));
    }
}
