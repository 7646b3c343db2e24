package dev.jetway.jetty;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadPendingException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * A TCP connection that can be watched while nobody reads from it: HTTP/1.1 reads nothing between a
 * request's end and its response, and so does not see its client leave. What comes meanwhile (the
 * next request, in a pipeline) is kept and given to the next reader first. Safe to share between
 * threads.
 */
final class WatchedEndPoint extends SocketChannelEndPoint {
    /** Bytes that are read ahead of their reader; the rest stays in the system's buffer. */
    static final int AHEAD = 1 << 10;

    private final ServerConnector connector;
    private final ReentrantLock lock = new ReentrantLock();
    private ByteBuffer ahead = BufferUtil.EMPTY_BUFFER;
    private boolean watching;
    private @Nullable Callback reader;
    private @Nullable Observer observer;

    WatchedEndPoint(
            SocketChannel channel,
            ManagedSelector selector,
            SelectionKey key,
            ServerConnector connector) {
        super(channel, selector, key, connector.getScheduler());
        this.connector = connector;
    }

    /** Is told once what has become of the client. */
    interface Observer {
        /** It has closed its sending side: perhaps it waits for its answer, perhaps it has left. */
        void halfClosed();

        /** It has left. */
        void reset();
    }

    /**
     * Has the observer told once if the client closes or resets the connection before anybody reads
     * from it again. Does nothing where somebody reads all the time, as HTTP/2 does.
     */
    void watch(Observer told) {
        lock.lock();
        try {
            observer = told;
            if (!watching && (ahead.capacity() == 0 || BufferUtil.space(ahead) > 0)) {
                watching = true;
                watching = super.tryFillInterested(new Watcher());
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void fillInterested(Callback callback) {
        if (!tryFillInterested(callback)) {
            throw new ReadPendingException();
        }
    }

    @Override
    public boolean tryFillInterested(Callback callback) {
        lock.lock();
        try {
            observer = null;
            if (ahead.hasRemaining()) {
                connector.getExecutor().execute(callback::succeeded);
                return true;
            }
            if (!watching) {
                return super.tryFillInterested(callback);
            }
            if (reader != null) {
                return false;
            }
            reader = callback;
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isFillInterested() {
        lock.lock();
        try {
            return watching ? reader != null : super.isFillInterested();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int fill(ByteBuffer buffer) throws IOException {
        lock.lock();
        try {
            return ahead.hasRemaining() ? BufferUtil.append(buffer, ahead) : super.fill(buffer);
        } finally {
            lock.unlock();
        }
    }

    /** Ends the watch: the reader that came meanwhile takes over, or we look ourselves. */
    private void ready() {
        Callback next = null;
        Runnable told = null;
        lock.lock();
        try {
            watching = false;
            next = reader;
            reader = null;
            Observer present = observer;
            if (next == null && present != null) {
                told = look(present);
            }
        } finally {
            lock.unlock();
        }
        if (next != null) {
            next.succeeded();
        }
        if (told != null) {
            told.run();
        }
    }

    /**
     * Under the lock. What comes before the end, TLS's farewell for example, is kept, and the watch
     * goes on. Jetty's own {@code fill} makes an end of a reset: so the channel is read.
     */
    private @Nullable Runnable look(Observer present) {
        if (ahead.capacity() == 0) {
            ahead = BufferUtil.allocate(AHEAD);
        }
        int start = BufferUtil.flipToFill(ahead);
        try {
            if (getChannel().read(ahead) < 0) {
                return present::halfClosed;
            }
        } catch (IOException e) {
            return present::reset;
        } finally {
            BufferUtil.flipToFlush(ahead, start);
        }
        if (BufferUtil.space(ahead) > 0) {
            watching = true;
            watching = super.tryFillInterested(new Watcher());
        }
        return null;
    }

    private void broken(Throwable cause) {
        Callback next;
        @Nullable Runnable told;
        lock.lock();
        try {
            watching = false;
            next = reader;
            reader = null;
            // An idle connection is not a closed one.
            told = observer == null || cause instanceof TimeoutException ? null : observer::reset;
        } finally {
            lock.unlock();
        }
        if (next != null) {
            next.failed(cause);
        }
        if (told != null) {
            told.run();
        }
    }

    private final class Watcher implements Callback {
        @Override
        public void succeeded() {
            ready();
        }

        @Override
        public void failed(Throwable cause) {
            broken(cause);
        }
    }
}
