package dev.jetway.jetty;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * The end of an exchange whose answer came before the request's body was read. To close such a
 * connection at once resets it, and the client loses the answer that is on its way (RFC 9112 §9.6);
 * so what still comes is read and dropped, up to a bound. HTTP/2 tells the client to stop (RFC 9113
 * §8.1). Used by one thread at a time.
 */
final class UnreadBody implements Callback, Runnable {
    /** Bytes that are dropped at most. */
    static final long MAX_BYTES = 64L << 20;

    /** How long they are waited for at most. */
    static final Duration MAX_TIME = Duration.ofSeconds(30);

    private final Request request;
    private final Callback exchange;
    private final AtomicBoolean over = new AtomicBoolean();
    private long dropped;
    private boolean timed;

    private UnreadBody(Request request, Callback exchange) {
        this.request = request;
        this.exchange = exchange;
    }

    /** The end of an exchange; the same if there is no body. */
    static Callback before(Request request, Callback exchange) {
        return JettyExchange.hasNoBody(request) ? exchange : new UnreadBody(request, exchange);
    }

    /** The answer has been sent. */
    @Override
    public void succeeded() {
        if (JettyExchange.isHttp1(request)) {
            run();
        } else {
            stop();
            exchange.succeeded();
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

    /** Drops what is there; comes again with more. */
    @Override
    public void run() {
        while (!over.get()) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                await();
                return;
            }
            dropped += chunk.remaining();
            boolean last = chunk.isLast() || Content.Chunk.isFailure(chunk);
            chunk.release();
            if (last || dropped > MAX_BYTES) {
                end();
            }
        }
    }

    private void await() {
        if (!timed) {
            timed = true;
            request.getComponents()
                    .getScheduler()
                    .schedule(this::end, MAX_TIME.toMillis(), TimeUnit.MILLISECONDS);
        }
        request.demand(this);
    }

    private void end() {
        if (over.compareAndSet(false, true)) {
            exchange.succeeded();
        }
    }

    /** Jetty would say that the request was cancelled, which to a client is an error. */
    private void stop() {
        Stream stream = stream();
        if (stream != null && !stream.isRemotelyClosed()) {
            stream.reset(new ResetFrame(stream.getId(), ErrorCode.NO_ERROR.code), Callback.NOOP);
        }
    }

    private @Nullable Stream stream() {
        Connection connection = request.getConnectionMetaData().getConnection();
        return connection instanceof HTTP2Connection http2
                ? http2.getSession().getStream(Integer.parseInt(request.getId()))
                : null;
    }
}
