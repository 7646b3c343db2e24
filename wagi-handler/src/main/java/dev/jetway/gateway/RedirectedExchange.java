package dev.jetway.gateway;

import dev.jetway.failure.Failure;
import dev.jetway.files.StaticFile;
import dev.jetway.http.RequestHead;
import dev.jetway.route.BodyLimits;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** The exchange of a request after a local redirect: another head, no body. */
record RedirectedExchange(Exchange original, RequestHead head) implements Exchange {
    @Override
    public ResponseChannel response() {
        return original.response();
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
    public void onClientGone(Runnable cancel, Optional<Duration> halfClosedTime) {
        original.onClientGone(cancel, halfClosedTime);
    }

    @Override
    public void offload(Runnable work) {
        original.offload(work);
    }

    @Override
    public void send(StaticFile file, RequestHead asked, FileEnd end) {
        original.send(file, asked, end);
    }

    @Override
    public void tick() {
        original.tick();
    }
}
