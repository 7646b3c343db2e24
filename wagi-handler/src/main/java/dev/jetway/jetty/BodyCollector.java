package dev.jetway.jetty;

import dev.jetway.failure.Failure;
import dev.jetway.gateway.RequestBody;
import dev.jetway.gateway.body.BodyStore;
import dev.jetway.route.BodyLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.Content;

/**
 * Reads a request's body as it arrives, without holding a thread in between: into memory first,
 * then into a temporary file, up to the limit. Runs on one thread at a time.
 */
final class BodyCollector implements Runnable {
    private final Content.Source source;
    private final BodyLimits limits;
    private final BodyStore store;
    private final Consumer<RequestBody> ready;
    private final Consumer<Failure> failed;

    BodyCollector(
            Content.Source source,
            BodyLimits limits,
            Path temporary,
            Consumer<RequestBody> ready,
            Consumer<Failure> failed) {
        this.source = source;
        this.limits = limits;
        this.store = new BodyStore(limits.memory(), temporary);
        this.ready = ready;
        this.failed = failed;
    }

    @Override
    public void run() {
        while (true) {
            Content.Chunk chunk = source.read();
            if (chunk == null) {
                source.demand(this);
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                give(failure(chunk.getFailure()));
                return;
            }
            boolean last = chunk.isLast();
            try {
                if (store.received() + chunk.remaining() > limits.total().bytes()) {
                    give(new Failure.BodyTooLarge(limits.total()));
                    return;
                }
                store.append(chunk.getByteBuffer());
                if (last) {
                    store.complete();
                }
            } catch (IOException e) {
                give(new Failure.HostFault("request body: " + e));
                return;
            } finally {
                chunk.release();
            }
            if (last) {
                ready.accept(store);
                return;
            }
        }
    }

    /** The failure of a body that is not valid HTTP or stops arriving: a client's mistake. */
    static Failure failure(Throwable cause) {
        if (cause instanceof TimeoutException) {
            return new Failure.BodyTooSlow();
        }
        return cause instanceof HttpException http && http.getCode() < 500
                ? new Failure.BadRequest("the body is not valid HTTP")
                : new Failure.ClientGone();
    }

    private void give(Failure failure) {
        store.close();
        failed.accept(failure);
    }
}
