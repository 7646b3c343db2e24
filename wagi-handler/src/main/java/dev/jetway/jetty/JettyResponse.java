package dev.jetway.jetty;

import dev.jetway.admission.Parking;
import dev.jetway.admission.SelectorThread;
import dev.jetway.base.ByteText;
import dev.jetway.failure.ErrorPage;
import dev.jetway.failure.ErrorResponse;
import dev.jetway.gateway.ResponseChannel;
import dev.jetway.http.Field;
import dev.jetway.http.ResponseHead;
import dev.jetway.sandbox.RunCancelledException;
import dev.jetway.sandbox.Wait;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * A response through two bounded buffers: the guest fills one while Jetty sends the other. The head
 * is sent with the first buffer, so that a guest which fails early can still get an error page.
 * Jetty is never called under the lock. Used by the guest's thread, by Jetty's after a buffer has
 * been sent, and by the thread that calls {@link #tick}.
 */
final class JettyResponse implements ResponseChannel {
    /** Bytes of one buffer. */
    static final int BUFFER = 32 << 10;

    /**
     * Times of a response.
     *
     * @param delay time that bytes may wait in a buffer that is not full
     * @param drainWait time that a guest waits for room before it frees its slot: less than the
     *     cost of that
     * @param clock nanoseconds since any moment
     */
    record Timing(Duration delay, Duration drainWait, LongSupplier clock) {
        /** The times of a server. */
        static final Timing DEFAULT =
                new Timing(Duration.ofMillis(50), Duration.ofMillis(1), System::nanoTime);
    }

    private static final int FIRST_BUFFER = 1 << 6;

    /** The states of a response. Only the end of a write and {@link #restart} lead back. */
    private enum State {
        /** Nothing has been sent; the guest may be writing. */
        OPEN,
        /** A buffer is being sent, the head with the first one. */
        SENDING,
        /** The head has been sent, and no buffer is being sent. */
        SENT,
        /** The guest has ended; the last bytes follow the buffer that is being sent. */
        ENDING,
        /** Held back before anything was sent, for an error or another response. */
        TAKEN_BACK,
        /** Too late to be held back: only a cut connection tells the client of the failure. */
        TOO_LATE,
        /** The client has gone. */
        BROKEN,
        /** The end has been passed to Jetty. */
        ENDED
    }

    private final Response response;
    private final Callback callback;
    private final Timing timing;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition drained = lock.newCondition();
    private @Nullable ResponseHead head;
    private byte[] buffer = new byte[0];
    private int count;
    private long firstByteAt;
    private State state = State.OPEN;
    private Runnable onBroken = () -> {};
    private Parking clientWait = Wait::await;

    JettyResponse(Response response, Callback callback) {
        this(response, callback, Timing.DEFAULT);
    }

    JettyResponse(Response response, Callback callback, Timing timing) {
        this.response = response;
        this.callback = callback;
        this.timing = timing;
    }

    void onBroken(Runnable action) {
        lock.lock();
        try {
            onBroken = action;
        } finally {
            lock.unlock();
        }
    }

    /** Jetty's response. */
    Response jetty() {
        return response;
    }

    /** Called at the end of a response that was handed over. */
    Callback callback() {
        return callback;
    }

    /** Marks the response as written to {@link #jetty}: it cannot be held back any more. */
    void handOver() {
        lock.lock();
        try {
            state = State.SENDING;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void start(ResponseHead responseHead) {
        lock.lock();
        try {
            head = responseHead;
            firstByteAt = timing.clock().getAsLong();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void waitThrough(Parking wait) {
        clientWait = wait;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        int from = offset;
        int end = offset + length;
        while (from < end) {
            int taken = fill(bytes, from, end - from);
            if (taken == 0) {
                awaitRoom();
            }
            from += taken;
        }
    }

    private void awaitRoom() {
        try {
            SelectorThread.beforeWait();
            if (!drainedWithin(timing.drainWait())) {
                clientWait.through(this::awaitDrained);
            }
        } catch (InterruptedException e) {
            throw new RunCancelledException("interrupted while the client was slow");
        }
    }

    /** Whether there is room within a time, or no client to make any. */
    private boolean drainedWithin(Duration time) throws InterruptedException {
        long left = time.toNanos();
        lock.lock();
        try {
            while (isFull() && left > 0) {
                left = drained.awaitNanos(left);
            }
            return !isFull();
        } finally {
            lock.unlock();
        }
    }

    private void awaitDrained() throws InterruptedException {
        lock.lock();
        try {
            while (isFull()) {
                drained.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Called under the lock. */
    private boolean isFull() {
        return count == BUFFER && state == State.SENDING;
    }

    private int fill(byte[] bytes, int offset, int length) {
        Runnable send = null;
        int taken = 0;
        lock.lock();
        try {
            if (state == State.BROKEN) {
                throw new RunCancelledException("the client went away");
            }
            if (isFull()) {
                return 0;
            }
            if (count == BUFFER) {
                send = take(false);
            }
            if (count == 0) {
                firstByteAt = timing.clock().getAsLong();
            }
            taken = Math.min(length, BUFFER - count);
            if (count + taken > buffer.length) {
                int wanted = Math.max(count + taken, Math.max(FIRST_BUFFER, buffer.length * 2));
                buffer = Arrays.copyOf(buffer, Math.min(BUFFER, wanted));
            }
            System.arraycopy(bytes, offset, buffer, count, taken);
            count += taken;
        } finally {
            lock.unlock();
        }
        if (send != null) {
            send.run();
        }
        return taken;
    }

    /** Called under the lock: returns the call that sends the buffer, to be made without it. */
    private Runnable take(boolean last) {
        var bytes = ByteBuffer.wrap(buffer, 0, count);
        buffer = new byte[0];
        count = 0;
        ResponseHead first = state == State.OPEN ? head : null;
        state = last ? State.ENDED : State.SENDING;
        if (first != null) {
            ResponseFields.set(first, response);
        }
        if (!last) {
            Callback then = Callback.from(this::written, this::broke);
            return () -> response.write(false, bytes, then);
        }
        return first != null && !bytes.hasRemaining() && hasNoLength(first)
                ? () -> response.write(false, bytes, Callback.from(this::end, callback::failed))
                : () -> response.write(true, bytes, callback);
    }

    /**
     * Whether Jetty must not write a length: it would write that of the bytes sent at once, which
     * is 0 for HEAD.
     */
    private boolean hasNoLength(ResponseHead first) {
        return first.status() == 204
                || first.status() == 304
                || (first.status() != 205
                        && first.contentLength().isEmpty()
                        && HttpMethod.HEAD.is(response.getRequest().getMethod()));
    }

    private void end() {
        response.write(true, BufferUtil.EMPTY_BUFFER, callback);
    }

    private void written() {
        Runnable send = null;
        lock.lock();
        try {
            if (state == State.ENDING) {
                send = take(true);
            } else if (state == State.SENDING) {
                state = State.SENT;
            }
            drained.signalAll();
        } finally {
            lock.unlock();
        }
        if (send != null) {
            send.run();
        }
    }

    private void broke(Throwable cause) {
        Runnable told;
        boolean over;
        lock.lock();
        try {
            over = state == State.ENDING;
            if (state != State.ENDED) {
                state = over ? State.ENDED : State.BROKEN;
            }
            told = onBroken;
            drained.signalAll();
        } finally {
            lock.unlock();
        }
        told.run();
        if (over) {
            callback.failed(cause);
        }
    }

    @Override
    public boolean seal() {
        lock.lock();
        try {
            state = state == State.OPEN ? State.TAKEN_BACK : State.TOO_LATE;
            return state == State.TAKEN_BACK;
        } finally {
            lock.unlock();
        }
    }

    /** Sends bytes that have waited for some time; never blocks. */
    void tick() {
        Runnable send = null;
        // A guest that is writing now sends its bytes itself.
        if (!lock.tryLock()) {
            return;
        }
        try {
            boolean waiting =
                    (state == State.OPEN && head != null) || (state == State.SENT && count > 0);
            long waited = timing.clock().getAsLong() - firstByteAt;
            if (waiting && waited >= timing.delay().toNanos()) {
                send = take(false);
            }
        } finally {
            lock.unlock();
        }
        if (send != null) {
            send.run();
        }
    }

    @Override
    public void finish() {
        Runnable send = null;
        boolean failed;
        lock.lock();
        try {
            failed = state == State.BROKEN;
            if (state == State.SENDING) {
                state = State.ENDING;
            } else if (!failed) {
                send = take(true);
            }
        } finally {
            lock.unlock();
        }
        if (send != null) {
            ConnectionThreads.finish(send);
        } else if (failed) {
            callback.failed(new EofException("the client went away"));
        }
    }

    @Override
    public void restart() {
        lock.lock();
        try {
            head = null;
            count = 0;
            state = State.OPEN;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void always(Field field) {
        response.getHeaders().put(field.name(), field.value());
    }

    @Override
    public void fail(ErrorResponse error, ErrorPage page) {
        response.setStatus(error.status());
        HttpFields.Mutable fields = response.getHeaders();
        fields.put(HttpHeader.CONTENT_TYPE, page.mediaType());
        error.fields().forEach(f -> fields.add(f.name(), ByteText.toLatin1(f.value())));
        response.write(true, ByteBuffer.wrap(page.bytes()), callback);
    }

    @Override
    public void abort() {
        lock.lock();
        try {
            state = State.ENDED;
        } finally {
            lock.unlock();
        }
        // During a write, Jetty ends the exchange after both the write and the callback.
        callback.failed(new EofException("the guest failed after its response had begun"));
    }
}
