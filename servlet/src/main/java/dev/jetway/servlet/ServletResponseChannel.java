package dev.jetway.servlet;

import dev.jetway.admission.Parking;
import dev.jetway.base.ByteText;
import dev.jetway.failure.ErrorPage;
import dev.jetway.failure.ErrorResponse;
import dev.jetway.gateway.ResponseChannel;
import dev.jetway.http.Field;
import dev.jetway.http.ResponseHead;
import dev.jetway.sandbox.RunCancelledException;
import dev.jetway.sandbox.Wait;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A response through two bounded buffers: the guest fills one while the container's thread sends
 * the other. The head is sent with the first buffer, so that a guest which fails early can still
 * get an error page. The servlet API is called by the container's thread only.
 */
final class ServletResponseChannel implements ResponseChannel {
    /** Bytes of one buffer. */
    static final int BUFFER = 32 << 10;

    /** Time that bytes may wait in a buffer that is not full. */
    private static final Duration DELAY = Duration.ofMillis(50);

    /** Time that a guest waits for room before it frees its slot: less than the cost of that. */
    private static final Duration DRAIN_WAIT = Duration.ofMillis(1);

    private static final int FIRST_BUFFER = 1 << 10;

    /** The states of a response. Only {@link #restart} leads back. */
    private enum State {
        /** Nothing has been sent. */
        OPEN,
        /** The head has been sent. */
        SENT,
        /** Held back before anything was sent, for an error or another response. */
        TAKEN_BACK,
        /** The client has gone, or must not take the response for complete. */
        BROKEN
    }

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final ContainerThread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition drained = lock.newCondition();
    private @Nullable ResponseHead head;
    private byte[] buffer = new byte[0];
    private int count;
    private long firstByteAt;
    private boolean isSending;
    private State state = State.OPEN;
    private @Nullable IOException failure;
    private Runnable onBroken = () -> {};
    private Parking clientWait = Wait::await;

    ServletResponseChannel(
            HttpServletRequest request, HttpServletResponse response, ContainerThread thread) {
        this.request = request;
        this.response = response;
        this.thread = thread;
    }

    void onBroken(Runnable action) {
        lock.lock();
        try {
            onBroken = action;
        } finally {
            lock.unlock();
        }
    }

    /** Throws what has ended the response early: the container then cuts the connection. */
    void rethrow() throws IOException {
        lock.lock();
        try {
            if (failure != null) {
                throw failure;
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void start(ResponseHead responseHead) {
        lock.lock();
        try {
            head = responseHead;
            firstByteAt = System.nanoTime();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void always(Field field) {
        thread.execute(() -> response.setHeader(field.name(), ByteText.toLatin1(field.value())));
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

    private int fill(byte[] bytes, int offset, int length) {
        lock.lock();
        try {
            if (state == State.BROKEN) {
                throw new RunCancelledException("the client went away");
            }
            int taken = Math.min(length, BUFFER - count);
            if (count == 0) {
                firstByteAt = System.nanoTime();
            }
            if (count + taken > buffer.length) {
                int wanted = Math.max(count + taken, Math.max(FIRST_BUFFER, buffer.length * 2));
                buffer = Arrays.copyOf(buffer, Math.min(BUFFER, wanted));
            }
            System.arraycopy(bytes, offset, buffer, count, taken);
            count += taken;
            if (count == BUFFER) {
                send();
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Called under the lock. */
    private void send() {
        if (!isSending) {
            isSending = true;
            thread.execute(this::sendBuffer);
        }
    }

    private void awaitRoom() {
        try {
            if (!drainedWithin(DRAIN_WAIT)) {
                clientWait.through(() -> {
                    boolean isDrained = false;
                    while (!isDrained) {
                        isDrained = drainedWithin(Duration.ofHours(1));
                    }
                });
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
            while (count == BUFFER && state != State.BROKEN && left > 0) {
                left = drained.awaitNanos(left);
            }
            return count < BUFFER || state == State.BROKEN;
        } finally {
            lock.unlock();
        }
    }

    /** Sends bytes that have waited for some time. */
    void tick() {
        // A guest that is writing now sends its bytes itself.
        if (!lock.tryLock()) {
            return;
        }
        try {
            boolean waits =
                    (state == State.OPEN && head != null) || (state == State.SENT && count > 0);
            if (waits && System.nanoTime() - firstByteAt >= DELAY.toNanos()) {
                send();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Sends a buffer, on the container's thread. */
    private void sendBuffer() {
        try {
            if (write(false)) {
                response.flushBuffer();
            }
        } catch (IOException e) {
            broke(e);
        }
    }

    /**
     * Writes what is in the buffer, after the head if that has not been sent.
     *
     * @return whether the response was neither taken back nor broken
     */
    private boolean write(boolean last) throws IOException {
        byte[] bytes;
        int length;
        ResponseHead first;
        lock.lock();
        try {
            isSending = false;
            if (state == State.TAKEN_BACK || state == State.BROKEN) {
                return false;
            }
            bytes = buffer;
            length = count;
            first = state == State.OPEN ? head : null;
            state = State.SENT;
            buffer = new byte[0];
            count = 0;
            drained.signalAll();
        } finally {
            lock.unlock();
        }
        if (first != null) {
            setHead(first);
        }
        if (length > 0) {
            response.getOutputStream().write(bytes, 0, length);
        } else if (first != null && last && hasNoLength(first)) {
            response.flushBuffer();
        }
        return true;
    }

    /**
     * Whether the container must not write a length: it would write that of the bytes sent at once,
     * which is 0 for HEAD.
     */
    private boolean hasNoLength(ResponseHead first) {
        return !first.allowsBody()
                || (first.contentLength().isEmpty() && request.getMethod().equals("HEAD"));
    }

    /** Sets the head, byte for byte; the servlet API has no way to set a reason phrase. */
    private void setHead(ResponseHead first) {
        response.setStatus(first.status());
        for (Field field : first.fields()) {
            // The container's own field gives way to the program's.
            if (field.is("Date") || field.is("Server")) {
                response.setHeader(field.name(), ByteText.toLatin1(field.value()));
            } else {
                response.addHeader(field.name(), ByteText.toLatin1(field.value()));
            }
        }
        if (first.contentLength().isPresent() && first.allowsBody()) {
            response.setContentLengthLong(first.contentLength().getAsLong());
        }
    }

    /** The container stops. */
    void broke() {
        broke(new IOException("the container's thread was interrupted"));
    }

    private void broke(IOException cause) {
        Runnable told;
        lock.lock();
        try {
            state = State.BROKEN;
            failure = cause;
            told = onBroken;
            drained.signalAll();
        } finally {
            lock.unlock();
        }
        told.run();
    }

    @Override
    public boolean seal() {
        lock.lock();
        try {
            state = state == State.OPEN ? State.TAKEN_BACK : State.BROKEN;
            return state == State.TAKEN_BACK;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void finish() {
        thread.execute(() -> {
            try {
                write(true);
            } catch (IOException e) {
                broke(e);
            }
        });
        thread.end();
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
    public void fail(ErrorResponse error, ErrorPage page) {
        thread.execute(() -> {
            try {
                response.setStatus(error.status());
                response.setContentType(page.mediaType());
                error.fields()
                        .forEach(f -> response.addHeader(f.name(), ByteText.toLatin1(f.value())));
                response.getOutputStream().write(page.bytes());
            } catch (IOException e) {
                broke(e);
            }
        });
        thread.end();
    }

    @Override
    public void abort() {
        broke(new IOException("the program failed after its response had begun"));
        thread.end();
    }
}
