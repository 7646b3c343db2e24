package dev.jetway.server.program;

import dev.jetway.gateway.Gateway;
import dev.jetway.gateway.ServedModule;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Makes the request {@code warm-up} of each route that has one, one after another, once their
 * modules are loaded. Safe to share between threads.
 */
public final class WarmUps implements AutoCloseable {
    /** 10 s for all, a minute for each. */
    public static final Patience STANDARD =
            new Patience(Duration.ofSeconds(10), Duration.ofMinutes(1));

    private final Gateway gateway;
    private final List<Route> routes;
    private final Patience patience;
    private final Thread thread;

    /**
     * Requests that are not made before {@link #begin}.
     *
     * @param routes those that name one
     */
    public WarmUps(Gateway gateway, List<Route> routes, Patience patience) {
        this.gateway = gateway;
        this.routes = List.copyOf(routes);
        this.patience = patience;
        this.thread = Thread.ofVirtual().name("jetway-warm-up").unstarted(this::run);
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

    public void begin() {
        thread.start();
    }

    /** Waits until all have ended, but not for long. */
    public void await() throws InterruptedException {
        var _ = thread.join(patience.start());
    }

    private void run() {
        try {
            for (Route route : routes) {
                finish(begin(route));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private CompletableFuture<Void> begin(Route route) {
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
        thread.interrupt();
    }
}
