package dev.jetway.jetty;

import dev.jetway.failure.Failure;
import dev.jetway.gateway.Exchange;
import dev.jetway.gateway.RequestBody;
import dev.jetway.gateway.ResponseChannel;
import dev.jetway.http.RequestHead;
import dev.jetway.route.BodyLimits;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;

/** One Jetty request with its response. */
final class JettyExchange implements Exchange {
    private final Request request;
    private final RequestHead head;
    private final JettyResponse response;
    private final Path temporary;
    private final ClientWatch watch;

    JettyExchange(Request request, RequestHead head, JettyResponse response, Path temporary) {
        this.request = request;
        this.head = head;
        this.response = response;
        this.temporary = temporary;
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
        if (length == 0 || (length < 0 && !chunked && isHttp1())) {
            ready.accept(RequestBody.EMPTY);
            return;
        }
        var collector = new BodyCollector(request, limits, temporary, ready, failed);
        if (length > limits.total().bytes()) {
            failed.accept(new Failure.BodyTooLarge(limits.total()));
        } else if (length > limits.memory().bytes() || chunked) {
            // May write to a file: not on a thread that selects.
            request.getComponents().getExecutor().execute(collector);
        } else {
            collector.run();
        }
    }

    /** There a body is announced (RFC 9112 §6). */
    private boolean isHttp1() {
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
    public void onClientGone(Runnable cancel) {
        request.addFailureListener(failure -> cancel.run());
        response.onBroken(cancel);
        watch.begin(cancel);
    }

    @Override
    public void pulse() {
        response.pulse();
        watch.look();
    }
}
