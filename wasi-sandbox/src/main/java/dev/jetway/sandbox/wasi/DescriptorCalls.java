package dev.jetway.sandbox.wasi;

import dev.jetway.sandbox.file.Errno;
import dev.jetway.sandbox.file.Opened;
import dev.jetway.sandbox.host.GuestMemory;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Functions on descriptors, except reading and writing. */
final class DescriptorCalls {
    static final List<WasiFunction> ALL =
            List.of(
                    new WasiFunction("fd_advise", "iIIi", DescriptorCalls::advise),
                    new WasiFunction("fd_allocate", "iII", DescriptorCalls::allocate),
                    new WasiFunction(
                            "fd_close", "i", (run, m, a) -> run.descriptors().remove((int) a[0])),
                    new WasiFunction(
                            "fd_datasync",
                            "i",
                            (run, m, a) -> opened(run, a[0], Rights.FD_DATASYNC).sync(false)),
                    new WasiFunction(
                            "fd_sync",
                            "i",
                            (run, m, a) -> opened(run, a[0], Rights.FD_SYNC).sync(true)),
                    new WasiFunction(
                            "fd_fdstat_get",
                            "ii",
                            (run, m, a) ->
                                    Stats.write(m, (int) a[1], run.descriptors().get((int) a[0]))),
                    new WasiFunction("fd_fdstat_set_flags", "ii", DescriptorCalls::setFlags),
                    new WasiFunction(
                            "fd_fdstat_set_rights",
                            "iII",
                            (run, m, a) -> run.descriptors().get((int) a[0]).restrict(a[1], a[2])),
                    new WasiFunction("fd_filestat_get", "ii", DescriptorCalls::status),
                    new WasiFunction("fd_filestat_set_size", "iI", DescriptorCalls::setSize),
                    new WasiFunction("fd_filestat_set_times", "iIIi", DescriptorCalls::setTimes),
                    new WasiFunction("fd_prestat_get", "ii", DescriptorCalls::preopen),
                    new WasiFunction("fd_prestat_dir_name", "iii", DescriptorCalls::preopenName),
                    new WasiFunction(
                            "fd_renumber",
                            "ii",
                            (run, m, a) -> run.descriptors().renumber((int) a[0], (int) a[1])));

    /** The greatest {@code advice}; advice is a hint and has no effect. */
    private static final int MAX_ADVICE = 5;

    private DescriptorCalls() {}

    private static void advise(WasiRun run, GuestMemory memory, long... a) {
        run.descriptors().file((int) a[0]).require(Rights.FD_ADVISE);
        if (a[1] < 0 || a[2] < 0 || Integer.compareUnsigned((int) a[3], MAX_ADVICE) > 0) {
            throw Errno.INVAL.failure();
        }
    }

    private static void allocate(WasiRun run, GuestMemory memory, long... a) {
        writable(run, a[0], Rights.FD_ALLOCATE).file().allocate(a[1], a[2]);
    }

    private static void setSize(WasiRun run, GuestMemory memory, long... a) {
        writable(run, a[0], Rights.FD_FILESTAT_SET_SIZE).file().setSize(a[1]);
    }

    /** For a file that is not open for writing the kernel reports EINVAL, which is too vague. */
    private static Descriptor.File writable(WasiRun run, long number, long right) {
        Descriptor.File file = run.descriptors().file((int) number);
        file.require(right);
        return file;
    }

    /** The file or directory of a descriptor; a stream has none of these functions. */
    private static Opened opened(WasiRun run, long number, long right) {
        Descriptor descriptor = run.descriptors().get((int) number);
        Opened opened =
                switch (descriptor) {
                    case Descriptor.File file -> file.file();
                    case Descriptor.Folder folder -> folder.directory();
                    case Descriptor.Stream stream -> throw Errno.INVAL.failure();
                };
        descriptor.require(right);
        return opened;
    }

    private static void setFlags(WasiRun run, GuestMemory memory, long... a) {
        Descriptor descriptor = run.descriptors().get((int) a[0]);
        int flags = (int) a[1];
        int changed = flags ^ descriptor.flags();
        if ((flags & ~FdFlags.ALL) != 0 || (changed & FdFlags.ANY_SYNC) != 0) {
            throw Errno.INVAL.failure();
        }
        switch (descriptor) {
            case Descriptor.File file -> {
                file.require(Rights.FD_FDSTAT_SET_FLAGS);
                file.file().setAppend((flags & FdFlags.APPEND) != 0);
            }
            case Descriptor.Stream stream -> {}
            case Descriptor.Folder folder -> throw Errno.BADF.failure();
        }
        descriptor.setFlags(flags);
    }

    private static void status(WasiRun run, GuestMemory memory, long... a) {
        Descriptor descriptor = run.descriptors().get((int) a[0]);
        descriptor.require(Rights.FD_FILESTAT_GET);
        StartCalls.accessTimes(run);
        Stats.write(memory, (int) a[1], descriptor.status());
    }

    private static void setTimes(WasiRun run, GuestMemory memory, long... a) {
        int flags = (int) a[3];
        opened(run, a[0], Rights.FD_FILESTAT_SET_TIMES)
                .setTimes(Stats.accessed(a[1], flags), Stats.modified(a[2], flags));
    }

    private static void preopen(WasiRun run, GuestMemory memory, long... a) {
        byte[] name = preopenName(run, a[0]);
        // prestat: the tag of a directory (0), then the length of the name.
        memory.writeInt((int) a[1], 0);
        memory.writeInt((int) a[1] + Integer.BYTES, name.length);
    }

    private static void preopenName(WasiRun run, GuestMemory memory, long... a) {
        byte[] name = preopenName(run, a[0]);
        if (Integer.compareUnsigned((int) a[2], name.length) < 0) {
            throw Errno.NAMETOOLONG.failure();
        }
        memory.write((int) a[1], name, name.length);
    }

    private static byte[] preopenName(WasiRun run, long number) {
        if (run.descriptors().get((int) number) instanceof Descriptor.Folder folder) {
            return folder.preopened()
                    .orElseThrow(Errno.BADF::failure)
                    .getBytes(StandardCharsets.UTF_8);
        }
        throw Errno.BADF.failure();
    }
}
