package dev.jetway.server.program;

import dev.jetway.route.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Loads the modules of all routes at the start, several at once, or leaves them to the first
 * request; those of other machines, unless they are here already, beside requests. A failure
 * affects the module's own routes only.
 */
public final class RouteLoader {
    private final List<CompletableFuture<LoadState>> loads;

    private RouteLoader(List<CompletableFuture<LoadState>> loads) {
        this.loads = loads;
    }

    /**
     * Starts to load on other threads.
     *
     * @param all whether to load every module; otherwise only modules that may declare routes
     */
    public static RouteLoader begin(List<ProgramSlot> programs, boolean all) {
        var loads = new ArrayList<CompletableFuture<LoadState>>();
        for (ProgramSlot program : programs) {
            // Until the module has declared its routes, requests for them cannot be matched.
            if (all || program.configured().action().rules().dialect() == Dialect.WAGI) {
                boolean here = program.configured().action().module().isLocal();
                CompletableFuture<LoadState> load = program.load();
                // Another machine may take long, or be away: no start and no reload waits for it.
                if (here) {
                    loads.add(load);
                }
            }
        }
        return new RouteLoader(loads);
    }

    /** Returns when all loads have ended, successfully or not. */
    public void finish() throws InterruptedException {
        for (CompletableFuture<LoadState> load : loads) {
            finish(load);
        }
    }

    private static void finish(CompletableFuture<LoadState> load) throws InterruptedException {
        try {
            load.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a module could not be loaded", e.getCause());
        }
    }
}
