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
 * Sends the {@code warm-up} request of each route that has one, one after another, after their
 * modules are loaded. Safe to share between threads.
 */
public final class WarmUps implements AutoCloseable {
    /** 10 s for the start, a minute for each request. */
    public static final Waits STANDARD = new Waits(Duration.ofSeconds(10), Duration.ofMinutes(1));

    private static final Logger LOG = LoggerFactory.getLogger(WarmUps.class);

    private final Gateway gateway;
    private final Waits waits;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().name("jetway-warm-up").factory());

    /** Warm-ups that have not begun. */
    public WarmUps(Gateway gateway, Waits waits) {
        this.gateway = gateway;
        this.waits = waits;
    }

    /**
     * Maximum waits; the requests themselves continue.
     *
     * @param start the start of the server, for all requests
     * @param each each request, for the one before it
     */
    record Waits(Duration start, Duration each) {}

    /**
     * A route with its request.
     *
     * @param served the route with its run-time parts
     * @param program of the route
     * @param target the request's path and query
     */
    public record Route(ServedModule served, ProgramSlot program, String target) {}

    /**
     * Starts the requests, one after another.
     *
     * @param routes routes with a warm-up request
     * @return done when all have ended
     */
    public Future<?> begin(List<Route> routes) {
        return thread.submit(() -> run(routes));
    }

    /** Waits for the requests, up to the maximum for the start. */
    public void await(Future<?> requests) throws InterruptedException {
        try {
            requests.get(waits.start().toNanos(), TimeUnit.NANOSECONDS);
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
                        // The reason has been logged.
                        return CompletableFuture.completedFuture(null);
                    }
                    gateway.warmUp(route.served(), loaded.program(), exchange);
                    return exchange.done();
                });
    }

    private void finish(CompletableFuture<Void> request) throws InterruptedException {
        try {
            request.get(waits.each().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // Continues, or has been logged.
            request.cancel(false);
        }
    }

    /** Sends no more requests. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
