package dev.jetway.server.cli.terminal;

import dev.jetway.sandbox.host.PolledInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A stream whose waits end on an interrupt, over one whose waits do not, such as a terminal. A
 * thread reads on demand; bytes that arrive after an interrupt are kept. Used by one thread.
 */
public final class InterruptibleInput extends PolledInput {
    /** Bytes that are read at once. */
    private static final int CHUNK = 64 * 1024;

    /** Time for the thread to read available bytes: only then is it known that there are none. */
    private static final Duration GLANCE = Duration.ofMillis(10);

    private static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

    private final InputStream source;
    private byte[] bytes = {};
    private int next;
    private boolean ended;
    private @Nullable FutureTask<byte[]> asked;

    public InterruptibleInput(InputStream source) {
        this.source = source;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        try {
            fetch(FOREVER);
        } catch (InterruptedException e) {
            throw new InterruptedIOException("interrupted");
        }
        if (ended) {
            // A terminal may have more after its end: a further read tries again.
            ended = false;
            return -1;
        }
        int count = Math.min(length, bytes.length - next);
        System.arraycopy(bytes, next, to, offset, count);
        next += count;
        return count;
    }

    @Override
    public OptionalLong ready() throws IOException {
        try {
            // Only the first check takes time; afterwards the thread is reading.
            fetch(asked == null ? GLANCE : Duration.ZERO);
        } catch (InterruptedException e) {
            throw new InterruptedIOException("interrupted");
        }
        return hasAnswer() ? OptionalLong.of(bytes.length - next) : OptionalLong.empty();
    }

    @Override
    public int available() {
        return bytes.length - next;
    }

    @Override
    public void awaitReady() throws IOException, InterruptedException {
        fetch(FOREVER);
    }

    @Override
    public void awaitReady(Duration atMost) throws IOException, InterruptedException {
        fetch(atMost);
    }

    private boolean hasAnswer() {
        return ended || next < bytes.length;
    }

    /** Waits for bytes or the end if there are none. */
    private void fetch(Duration atMost) throws IOException, InterruptedException {
        if (hasAnswer()) {
            return;
        }
        FutureTask<byte[]> task = asked;
        if (task == null) {
            task = new FutureTask<>(this::chunk);
            asked = task;
            Thread.ofPlatform().name("jetway-stdin").daemon().start(task);
        }
        try {
            bytes = task.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
            next = 0;
            ended = bytes.length == 0;
            asked = null;
        } catch (TimeoutException e) {
            // A later call takes the result of this read.
            return;
        } catch (ExecutionException e) {
            throw new IOException("standard input cannot be read", e.getCause());
        }
    }

    /** The bytes; empty at the end. */
    private byte[] chunk() throws IOException {
        byte[] chunk = new byte[CHUNK];
        return Arrays.copyOf(chunk, Math.max(source.read(chunk), 0));
    }
}
