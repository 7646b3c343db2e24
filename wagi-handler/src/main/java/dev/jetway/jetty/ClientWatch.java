package dev.jetway.jetty;

import java.time.Duration;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether the client of one request is still there while its guest runs. Safe to share
 * between threads.
 */
final class ClientWatch {
    /** How long a guest runs unwatched: most have ended by then, and cost nothing. */
    static final Duration AFTER = Duration.ofMillis(100);

    /**
     * How long a client that has closed its side may still wait for its answer: a half-closed
     * connection looks like one that was left (nginx gives no time at all).
     */
    static final Duration GRACE = Duration.ofSeconds(1);

    private final Request request;
    private volatile @Nullable Runnable cancel;
    private volatile long since;
    private volatile boolean watching;
    private volatile boolean closed;

    ClientWatch(Request request) {
        this.request = request;
    }

    /** A guest runs from now on. */
    void begin(Runnable action) {
        begin(action, System.nanoTime());
    }

    void begin(Runnable action, long now) {
        since = now;
        cancel = action;
    }

    /** Called every few milliseconds while it runs. */
    void look() {
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
            if (now - since >= GRACE.toNanos()) {
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
            watched.watch(() -> left(System.nanoTime()));
        }
    }

    void left(long now) {
        since = now;
        closed = true;
    }
}
