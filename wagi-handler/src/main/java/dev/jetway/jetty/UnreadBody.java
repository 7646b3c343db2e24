package dev.jetway.jetty;

import dev.jetway.base.ByteSize;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.HTTP2Stream;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Ends an exchange that was answered before the request's body was read. Closing such a connection
 * at once would reset it, and the client would lose the answer (RFC 9112 §9.6); so the body is read
 * and dropped, up to a bound. An HTTP/2 client that pauses is told to stop (RFC 9113 §8.1). Used by
 * one thread at a time.
 */
final class UnreadBody implements Callback, Runnable {
    /**
     * Bounds for dropping a body.
     *
     * @param size maximum bytes
     * @param time maximum wait after the first pause
     * @param pause maximum length of one pause over HTTP/2, where the end costs no connection
     */
    record Bounds(ByteSize size, Duration time, Duration pause) {
        /** The bounds of a server. */
        static final Bounds DEFAULT =
                new Bounds(ByteSize.ofMebibytes(64), Duration.ofSeconds(30), Duration.ofSeconds(1));
    }

    private final Request request;
    private final Callback exchange;
    private final Bounds bounds;
    private final AtomicBoolean over = new AtomicBoolean();
    private Runnable then = () -> {};
    private long dropped;
    private Scheduler.@Nullable Task timeout;
    private Scheduler.@Nullable Task pause;

    private UnreadBody(Request request, Callback exchange, Bounds bounds) {
        this.request = request;
        this.exchange = exchange;
        this.bounds = bounds;
    }

    /**
     * A response and what is called at its end; unchanged if there is no body.
     *
     * @param response of Jetty
     * @param end of the exchange
     */
    record Answer(Response response, Callback end) {
        /** An answer to a request whose body may stay unread. */
        Answer to(Request request, Bounds bounds) {
            if (JettyExchange.hasNoBody(request)) {
                return this;
            }
            WatchedEndPoint connection = WatchedEndPoint.of(request);
            if (connection != null) {
                connection.hasBody();
            }
            var body = new UnreadBody(request, end, bounds);
            return JettyExchange.isHttp1(request)
                    ? new Answer(response, body)
                    : new Answer(new HeldEnd(request, response, body), body);
        }
    }

    /** Drops the body after the answer has been sent, and ends the exchange. */
    @Override
    public void succeeded() {
        drop(this::endExchange);
    }

    private void endExchange() {
        stop();
        exchange.succeeded();
    }

    /** Drops the body; then does something, at once if the body has been dropped before. */
    void drop(Runnable next) {
        if (over.get()) {
            next.run();
        } else {
            then = next;
            run();
        }
    }

    @Override
    public void failed(Throwable cause) {
        exchange.failed(cause);
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    /** Drops what has arrived; called again for more. */
    @Override
    public void run() {
        cancel(pause);
        while (!over.get()) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                await();
                return;
            }
            dropped += chunk.remaining();
            boolean last = chunk.isLast() || Content.Chunk.isFailure(chunk);
            chunk.release();
            if (last || dropped > bounds.size().bytes()) {
                end();
            }
        }
    }

    private void await() {
        if (timeout == null) {
            timeout = endIn(bounds.time());
        }
        if (!JettyExchange.isHttp1(request)) {
            pause = endIn(bounds.pause());
        }
        request.demand(this);
    }

    private Scheduler.Task endIn(Duration time) {
        return request.getComponents()
                .getScheduler()
                .schedule(this::end, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void cancel(Scheduler.@Nullable Task task) {
        if (task != null) {
            task.cancel();
        }
    }

    private void end() {
        if (over.compareAndSet(false, true)) {
            // Otherwise the request would stay in memory until then.
            cancel(timeout);
            cancel(pause);
            then.run();
        }
    }

    /**
     * Tells an HTTP/2 client to stop. Jetty would cancel the request, which a client takes for an
     * error.
     */
    private void stop() {
        Stream stream = coming();
        if (stream != null) {
            stream.reset(new ResetFrame(stream.getId(), ErrorCode.NO_ERROR.code), Callback.NOOP);
        }
    }

    /** Whether an HTTP/2 client has not sent all of the body yet. */
    boolean isComing() {
        return coming() != null;
    }

    /** The stream of an HTTP/2 client that has not sent all of the body yet. */
    private @Nullable Stream coming() {
        HTTP2Stream stream = stream(request);
        return stream == null || stream.isRemotelyClosed() ? null : stream;
    }

    /** Whether an HTTP/2 client has sent all, and that is an empty body. */
    static boolean isEmpty(Request request) {
        HTTP2Stream stream = stream(request);
        // A reset drops data that has come, so it is looked at last.
        return stream != null
                && stream.isRemotelyClosed()
                && stream.getDataLength() == 0
                && !stream.isResetOrFailed();
    }

    private static @Nullable HTTP2Stream stream(Request request) {
        // Without HTTP/2 a server may lack its classes.
        if (JettyExchange.isHttp1(request)) {
            return null;
        }
        Connection connection = request.getConnectionMetaData().getConnection();
        return connection instanceof HTTP2Connection http2
                ? http2.getSession().getStream(Integer.parseInt(request.getId()))
                : null;
    }
}
