package dev.jetway.sandbox.wasi;

import dev.jetway.sandbox.file.Errno;
import dev.jetway.sandbox.file.Interruption;
import dev.jetway.sandbox.file.OpenFile;
import dev.jetway.sandbox.file.OpenFile.Whence;
import dev.jetway.sandbox.host.GuestMemory;
import dev.jetway.sandbox.host.PolledInput;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.IntFunction;

/** Functions for reading, writing and positions. */
final class TransferCalls {
    static final List<WasiFunction> ALL =
            List.of(
                    new WasiFunction("fd_read", "iiii", TransferCalls::read),
                    new WasiFunction("fd_pread", "iiiIi", TransferCalls::readAt),
                    new WasiFunction("fd_write", "iiii", TransferCalls::write),
                    new WasiFunction("fd_pwrite", "iiiIi", TransferCalls::writeAt),
                    new WasiFunction("fd_seek", "iIii", TransferCalls::seek),
                    new WasiFunction("fd_tell", "ii", TransferCalls::tell));

    private TransferCalls() {}

    private static void read(WasiRun run, GuestMemory memory, long... a) {
        Descriptor descriptor = open(run, a[0], Rights.FD_READ);
        var vectors = new Vectors(memory, a[1], a[2]);
        int moved =
                switch (descriptor) {
                    case Descriptor.File file ->
                            vectors.fill(run::buffer, (b, n, done) -> file.file().read(b, n));
                    case Descriptor.Input input -> read(input, vectors, run::buffer);
                    case Descriptor.Output output -> throw Errno.BADF.failure();
                    case Descriptor.Folder folder -> throw Errno.BADF.failure();
                };
        memory.writeInt((int) a[3], moved);
    }

    private static void write(WasiRun run, GuestMemory memory, long... a) {
        Descriptor descriptor = open(run, a[0], Rights.FD_WRITE);
        var vectors = new Vectors(memory, a[1], a[2]);
        int moved =
                switch (descriptor) {
                    case Descriptor.File file ->
                            vectors.drain((b, n, done) -> file.file().write(b, n));
                    case Descriptor.Output output ->
                            vectors.drain((b, n, done) -> write(output.stream(), b, n));
                    case Descriptor.Input input -> throw Errno.BADF.failure();
                    case Descriptor.Folder folder -> throw Errno.BADF.failure();
                };
        memory.writeInt((int) a[3], moved);
    }

    private static void readAt(WasiRun run, GuestMemory memory, long... a) {
        OpenFile file = fileAt(run, a, Rights.FD_READ);
        long start = a[3];
        int moved =
                new Vectors(memory, a[1], a[2])
                        .fill(run::buffer, (b, n, done) -> file.readAt(start + done, b, n));
        memory.writeInt((int) a[4], moved);
    }

    private static void writeAt(WasiRun run, GuestMemory memory, long... a) {
        OpenFile file = fileAt(run, a, Rights.FD_WRITE);
        long start = a[3];
        int moved =
                new Vectors(memory, a[1], a[2])
                        .drain((b, n, done) -> file.writeAt(start + done, b, n));
        memory.writeInt((int) a[4], moved);
    }

    private static OpenFile fileAt(WasiRun run, long[] a, long right) {
        OpenFile file = run.descriptors().file((int) a[0]).file();
        open(run, a[0], right).require(Rights.FD_SEEK);
        if (a[3] < 0) {
            throw Errno.INVAL.failure();
        }
        return file;
    }

    /** EBADF if the descriptor is not open for this, as in POSIX. */
    private static Descriptor open(WasiRun run, long number, long right) {
        Descriptor descriptor = run.descriptors().get((int) number);
        if ((descriptor.rights() & right) == 0) {
            throw Errno.BADF.failure();
        }
        return descriptor;
    }

    private static int read(Descriptor.Input input, Vectors vectors, IntFunction<byte[]> buffers) {
        PolledInput stream = input.stream();
        if ((input.flags() & FdFlags.NONBLOCK) != 0 && wouldWait(stream)) {
            throw Errno.AGAIN.failure();
        }
        return vectors.fill(buffers, (b, n, done) -> read(stream, b, n, done));
    }

    private static boolean wouldWait(PolledInput stream) {
        try {
            return stream.ready().isEmpty();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Stops after the first bytes: a read that has data does not wait for more (readv(2)). */
    private static int read(PolledInput stream, byte[] buffer, int length, long done) {
        try {
            return done > 0 && stream.available() == 0
                    ? 0
                    : Math.max(stream.read(buffer, 0, length), 0);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private static int write(OutputStream stream, byte[] bytes, int length) {
        try {
            stream.write(bytes, 0, length);
            return length;
        } catch (IOException e) {
            throw failure(e, Errno.PIPE);
        }
    }

    /** An interrupt of a waiting stream ends the run; other failures are errors of the call. */
    static RuntimeException failure(IOException e) {
        return failure(e, Errno.IO);
    }

    private static RuntimeException failure(IOException e, Errno otherwise) {
        boolean interrupted =
                e instanceof InterruptedIOException || Thread.currentThread().isInterrupted();
        return interrupted ? Interruption.now() : otherwise.failure();
    }

    private static void seek(WasiRun run, GuestMemory memory, long... a) {
        Descriptor.File file = run.descriptors().file((int) a[0]);
        file.require(Rights.FD_SEEK);
        Whence whence =
                switch ((int) a[2]) {
                    case 0 -> Whence.START;
                    case 1 -> Whence.CURRENT;
                    case 2 -> Whence.END;
                    default -> throw Errno.INVAL.failure();
                };
        memory.writeLong((int) a[3], file.file().seek(a[1], whence));
    }

    private static void tell(WasiRun run, GuestMemory memory, long... a) {
        Descriptor.File file = run.descriptors().file((int) a[0]);
        file.require(Rights.FD_TELL);
        memory.writeLong((int) a[1], file.file().seek(0, Whence.CURRENT));
    }
}
