package dev.jetway.jetty;

import dev.jetway.failure.Failure;
import dev.jetway.files.StaticFile;
import dev.jetway.gateway.Exchange;
import dev.jetway.gateway.FileEnd;
import dev.jetway.gateway.RequestBody;
import dev.jetway.gateway.ResponseChannel;
import dev.jetway.http.RequestHead;
import dev.jetway.route.BodyLimits;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;

/** One Jetty request with its response. */
final class JettyExchange implements Exchange {
    private final Request request;
    private final RequestHead head;
    private final JettyResponse response;
    private final HandlerParts parts;
    private final ClientWatch watch;

    JettyExchange(Request request, RequestHead head, JettyResponse response, HandlerParts parts) {
        this.request = request;
        this.head = head;
        this.response = response;
        this.parts = parts;
        this.watch = new ClientWatch(request);
    }

    @Override
    public RequestHead head() {
        return head;
    }

    @Override
    public ResponseChannel response() {
        return response;
    }

    @Override
    public void collectBody(
            BodyLimits limits, Consumer<RequestBody> ready, Consumer<Failure> failed) {
        long length = request.getLength();
        boolean chunked = request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
        if (hasNoBody(request)) {
            ready.accept(RequestBody.EMPTY);
            return;
        }
        var collector = new BodyCollector(request, limits, parts.temporary(), ready, failed);
        if (length > limits.total().bytes()) {
            failed.accept(new Failure.BodyTooLarge(limits.total()));
        } else if (length > limits.memory().bytes() || chunked) {
            // May write to a file, so not on a selecting thread.
            request.getComponents().getExecutor().execute(collector);
        } else {
            collector.run();
        }
    }

    /**
     * Whether the body is known to be empty before a read: HTTP/1 announces bodies (RFC 9112 §6),
     * and HTTP/2 ends a stream without one by its header block (RFC 9113 §8.1).
     */
    static boolean hasNoBody(Request request) {
        long length = request.getLength();
        if (length >= 0) {
            return length == 0;
        }
        return isHttp1(request)
                ? !request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING)
                : UnreadBody.isEmpty(request);
    }

    /** Whether the request was sent over HTTP/1.0 or HTTP/1.1. */
    static boolean isHttp1(Request request) {
        return request.getConnectionMetaData().getHttpVersion().getVersion()
                <= HttpVersion.HTTP_1_1.getVersion();
    }

    @Override
    public RequestBody streamBody(BodyLimits limits) {
        return request.getLength() == 0
                ? RequestBody.EMPTY
                : new BodyStream(request, request.getLength(), limits.total());
    }

    @Override
    public void onClientGone(Runnable cancel, Optional<Duration> halfClosedTime) {
        request.addFailureListener(failure -> cancel.run());
        response.onBroken(cancel);
        watch.begin(cancel, halfClosedTime);
    }

    @Override
    public long arrived(long now) {
        WatchedEndPoint connection = WatchedEndPoint.of(request);
        return connection == null ? now : connection.arrived(now);
    }

    @Override
    public void offload(Runnable work) {
        request.getComponents().getExecutor().execute(work);
    }

    @Override
    public void send(StaticFile file, RequestHead asked, FileEnd end) {
        parts.files().send(file, asked, response, end);
    }

    @Override
    public void tick() {
        response.tick();
        watch.check();
    }
}
