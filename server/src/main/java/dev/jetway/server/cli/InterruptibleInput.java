package dev.jetway.server.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * A stream that an interrupt stops waiting for, over one that it does not, such as a terminal. A
 * thread reads, only when somebody asks; what comes after an interrupt is kept. Used by one thread.
 */
final class InterruptibleInput extends InputStream {
    /** Bytes read at once. */
    private static final int CHUNK = 64 * 1024;

    private final InputStream source;
    private byte[] bytes = {};
    private int next;
    private @Nullable FutureTask<byte[]> asked;

    InterruptibleInput(InputStream source) {
        this.source = source;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        if (next == bytes.length) {
            bytes = await();
            next = 0;
        }
        if (bytes.length == 0) {
            return -1;
        }
        int count = Math.min(length, bytes.length - next);
        System.arraycopy(bytes, next, to, offset, count);
        next += count;
        return count;
    }

    private byte[] await() throws IOException {
        FutureTask<byte[]> task = asked;
        if (task == null) {
            task = new FutureTask<>(this::chunk);
            asked = task;
            Thread.ofPlatform().name("jetway-stdin").daemon().start(task);
        }
        try {
            byte[] read = task.get();
            asked = null;
            return read;
        } catch (InterruptedException e) {
            throw new InterruptedIOException("interrupted");
        } catch (ExecutionException e) {
            throw new IOException("standard input cannot be read", e.getCause());
        }
    }

    /** Empty at the end. */
    private byte[] chunk() throws IOException {
        byte[] chunk = new byte[CHUNK];
        return Arrays.copyOf(chunk, Math.max(source.read(chunk), 0));
    }
}
