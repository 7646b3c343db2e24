package dev.jetway.jetty;

import dev.jetway.admission.SelectorThread;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ReadPendingException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.AbstractMetaDataConnection;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.jspecify.annotations.Nullable;

/**
 * A TCP connection that can be watched while nothing reads from it: HTTP/1.1 reads nothing between
 * a request's end and its response, and so does not notice when the client goes. Bytes that arrive
 * meanwhile (of the next request, in a pipeline) are kept for the next reader. Safe to share
 * between threads.
 */
final class WatchedEndPoint extends SocketChannelEndPoint {
    /** Maximum bytes that are read ahead; more stay in the system's buffer. */
    static final int AHEAD = 1 << 10;

    private final ServerConnector connector;
    private final boolean isForeign;
    private final WatchedConnector.@Nullable ThreadedSelector selector;
    private volatile SelectionKey key;
    private final Arrival arrival = new Arrival();
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
        this.key = key;
        this.selector = selector instanceof WatchedConnector.ThreadedSelector own ? own : null;
        this.isForeign = connector instanceof WatchedConnector own && own.isForeign();
    }

    /** Receives the end of a client, once. */
    interface Observer {
        /** The client has closed its sending side: it may wait for the response, or has gone. */
        void halfClosed();

        /** The client has gone. */
        void reset();
    }

    /**
     * Calls the observer once if the client closes or resets the connection before the next read.
     * Does nothing for connections that are always read, as over HTTP/2.
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

    /**
     * A time in nanoseconds at which the request that has been read last had begun to arrive: that
     * of the selection, or now if it may have come later.
     */
    long arrived(long now) {
        return arrival.of(getConnection().getMessagesIn(), now);
    }

    /** Notes a request with a body, which may be read after the response has begun. */
    void hasBody() {
        arrival.forget();
    }

    /** The connection of an HTTP/1 request without TLS, if it is of this kind. */
    static @Nullable WatchedEndPoint of(Request request) {
        EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
        return endPoint instanceof WatchedEndPoint own && JettyExchange.isHttp1(request)
                ? own
                : null;
    }

    private void noteArrival() {
        // Other handlers of somebody else's server may read bodies late.
        if (selector != null
                && !isForeign
                && getConnection() instanceof AbstractMetaDataConnection connection) {
            arrival.selected(
                    isReadable(),
                    connection.getMessagesIn(),
                    connection.getMessagesOut(),
                    selector.selected());
        }
    }

    private boolean isReadable() {
        try {
            return key.isReadable();
        } catch (CancelledKeyException e) {
            return false;
        }
    }

    @Override
    public void replaceKey(SelectionKey newKey) {
        key = newKey;
        super.replaceKey(newKey);
    }

    @Override
    public @Nullable Runnable onSelected() {
        Runnable task = super.onSelected();
        if (task != null) {
            noteArrival();
        }
        if (task != null && Thread.currentThread() instanceof SelectorThread own) {
            InvocationType type = Invocable.getInvocationType(task);
            own.begins(type == InvocationType.BLOCKING);
            // The streams of one HTTP/2 connection would wait for each other.
            boolean isHttp1 = getConnection() instanceof AbstractMetaDataConnection;
            if (type == InvocationType.NON_BLOCKING && isForeign && isHttp1) {
                // The strategy then asks for a thread that could serve the selector meanwhile.
                return Invocable.from(InvocationType.EITHER, task);
            }
        }
        return task;
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

    /**
     * Ends the watch: the reader that has come meanwhile takes over, or the socket is read here.
     */
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
     * Called under the lock. Bytes before the end, for example TLS's close_notify, are kept, and
     * the watch continues. Reads the channel itself, as Jetty's {@code fill} reports a reset as an
     * end.
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
            // An idle connection is not closed.
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
