package dev.jetway.server.program;

import dev.jetway.gateway.Gateway;
import dev.jetway.gateway.ServedModule;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the request {@code warm-up} of each route that has one, one after another, once their
 * modules are loaded. Safe to share between threads.
 */
public final class WarmUps implements AutoCloseable {
    /** 10 s for the start, a minute for each. */
    public static final Patience STANDARD =
            new Patience(Duration.ofSeconds(10), Duration.ofMinutes(1));

    private static final Logger LOG = LoggerFactory.getLogger(WarmUps.class);

    private final Gateway gateway;
    private final Patience patience;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().name("jetway-warm-up").factory());

    /** Makes no requests yet. */
    public WarmUps(Gateway gateway, Patience patience) {
        this.gateway = gateway;
        this.patience = patience;
    }

    /**
     * How long others wait; what is waited for goes on.
     *
     * @param start the start of the server, for all of them
     * @param each each for the one before it
     */
    record Patience(Duration start, Duration each) {}

    /**
     * A route with its request.
     *
     * @param served as requests find it
     * @param program what it runs
     * @param target the request's path and query
     */
    public record Route(ServedModule served, ProgramSlot program, String target) {}

    /**
     * Makes the requests of these routes soon, one after another.
     *
     * @param routes those that name one
     * @return done when all have ended
     */
    public Future<?> begin(List<Route> routes) {
        return thread.submit(() -> run(routes));
    }

    /** Waits until the requests have ended, but not for long. */
    public void await(Future<?> requests) throws InterruptedException {
        try {
            requests.get(patience.start().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            LOG.debug("the server starts before all warm-up requests have ended", e);
        } catch (ExecutionException e) {
            LOG.warn("warm-up requests", e.getCause());
        }
    }

    private void run(List<Route> routes) {
        try {
            for (Route route : routes) {
                finish(beginOne(route));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private CompletableFuture<Void> beginOne(Route route) {
        return route.program()
                .load()
                .thenCompose(state -> {
                    var exchange = new InternalExchange(route.served().route(), route.target());
                    if (!(state instanceof LoadState.Loaded loaded)) {
                        // The log has said why.
                        return CompletableFuture.completedFuture(null);
                    }
                    gateway.warmUp(route.served(), loaded.program(), exchange);
                    return exchange.done();
                });
    }

    private void finish(CompletableFuture<Void> request) throws InterruptedException {
        try {
            request.get(patience.each().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // It goes on, or its own log line has told.
            request.cancel(false);
        }
    }

    /** Makes no more of them. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
