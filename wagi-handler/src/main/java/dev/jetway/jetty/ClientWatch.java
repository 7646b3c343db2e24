package dev.jetway.jetty;

import java.time.Duration;
import java.util.Optional;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Watches the client of one request while its guest runs. A client that has reset the connection is
 * gone; one that has closed its sending side may still wait for the response (RFC 9112 §9.6), for
 * as long as the route allows. Safe to share between threads.
 */
final class ClientWatch {
    /** Run time before the watch begins: most guests end sooner, and cost nothing. */
    static final Duration AFTER = Duration.ofMillis(100);

    private final Request request;
    private volatile @Nullable Runnable cancel;
    private volatile long since;
    private volatile Optional<Duration> halfClosedTime = Optional.empty();
    private volatile boolean watching;
    private volatile boolean closed;

    ClientWatch(Request request) {
        this.request = request;
    }

    /** Notes the start of a guest. */
    void begin(Runnable action, Optional<Duration> bound) {
        begin(action, bound, System.nanoTime());
    }

    void begin(Runnable action, Optional<Duration> bound, long now) {
        halfClosedTime = bound;
        since = now;
        cancel = action;
    }

    /** Checks the client; called every few milliseconds during the run. */
    void check() {
        if (cancel != null) {
            look(System.nanoTime());
        }
    }

    void look(long now) {
        Runnable action = cancel;
        if (action == null) {
            return;
        }
        if (closed) {
            if (halfClosedTime.isPresent() && now - since >= halfClosedTime.get().toNanos()) {
                action.run();
            }
        } else if (!watching && now - since >= AFTER.toNanos()) {
            watching = true;
            watch();
        }
    }

    private void watch() {
        EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
        while (endPoint instanceof EndPoint.Wrapper wrapper) {
            endPoint = wrapper.unwrap();
        }
        if (endPoint instanceof WatchedEndPoint watched) {
            watched.watch(new Observer());
        }
    }

    /** Notes that the client has closed its sending side. */
    void halfClosed(long now) {
        since = now;
        closed = true;
    }

    /** Notes that the client has reset the connection. */
    void reset() {
        Runnable action = cancel;
        if (action != null) {
            action.run();
        }
    }

    private final class Observer implements WatchedEndPoint.Observer {
        @Override
        public void halfClosed() {
            ClientWatch.this.halfClosed(System.nanoTime());
        }

        @Override
        public void reset() {
            ClientWatch.this.reset();
        }
    }
}
