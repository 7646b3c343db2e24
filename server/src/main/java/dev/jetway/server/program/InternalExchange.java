package dev.jetway.server.program;

import dev.jetway.admission.Parking;
import dev.jetway.failure.ErrorPage;
import dev.jetway.failure.ErrorResponse;
import dev.jetway.failure.Failure;
import dev.jetway.files.StaticFile;
import dev.jetway.gateway.Exchange;
import dev.jetway.gateway.FileEnd;
import dev.jetway.gateway.RequestBody;
import dev.jetway.gateway.ResponseChannel;
import dev.jetway.http.Endpoint;
import dev.jetway.http.Field;
import dev.jetway.http.RequestHead;
import dev.jetway.http.RequestTarget;
import dev.jetway.http.ResponseHead;
import dev.jetway.route.BodyLimits;
import dev.jetway.route.Route;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A GET request of the server to itself; its response is discarded. Safe to share between threads.
 */
final class InternalExchange implements Exchange, ResponseChannel {
    /** The field User-Agent of such a request. */
    static final String USER_AGENT = "Jetway-Warm-Up";

    private static final Endpoint HERE = new Endpoint("127.0.0.1", 0);

    private final RequestHead head;
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    InternalExchange(Route route, String target) {
        String host =
                route.site().hosts().stream()
                        .filter(h -> !h.startsWith("*"))
                        .findFirst()
                        .orElse("localhost");
        this.head =
                new RequestHead(
                        UUID.randomUUID().toString(),
                        "GET",
                        RequestTarget.parse(target).orElseThrow(),
                        "HTTP/1.1",
                        false,
                        Optional.of(host),
                        List.of(new Field("Host", host), new Field("User-Agent", USER_AGENT)),
                        HERE,
                        HERE,
                        Optional.empty());
    }

    /** Completes when the response has ended, successfully or not. */
    CompletableFuture<Void> done() {
        return done;
    }

    @Override
    public RequestHead head() {
        return head;
    }

    @Override
    public ResponseChannel response() {
        return this;
    }

    @Override
    public void collectBody(
            BodyLimits limits, Consumer<RequestBody> ready, Consumer<Failure> failed) {
        ready.accept(RequestBody.EMPTY);
    }

    @Override
    public RequestBody streamBody(BodyLimits limits) {
        return RequestBody.EMPTY;
    }

    @Override
    public void onClientGone(Runnable cancel, Optional<Duration> halfClosedTime) {}

    @Override
    public void tick() {}

    @Override
    public void offload(Runnable work) {
        work.run();
    }

    @Override
    public void send(StaticFile file, RequestHead asked, FileEnd end) {
        end.sent(200, 0);
        done.complete(null);
    }

    @Override
    public void start(ResponseHead response) {}

    @Override
    public void waitThrough(Parking wait) {}

    @Override
    public void write(byte[] bytes, int offset, int length) {}

    @Override
    public boolean seal() {
        return true;
    }

    @Override
    public void always(Field field) {}

    @Override
    public void finish() {
        done.complete(null);
    }

    @Override
    public void restart() {}

    @Override
    public void fail(ErrorResponse error, ErrorPage page) {
        done.complete(null);
    }

    @Override
    public void abort() {
        done.complete(null);
    }
}
