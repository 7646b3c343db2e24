package dev.jetway.server.program;

import dev.jetway.route.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * The modules of all routes at the start: loaded, several at once, or left for the first request. A
 * bad one breaks its own routes only.
 */
public final class RouteLoader {
    private final List<CompletableFuture<LoadState>> loads;

    private RouteLoader(List<CompletableFuture<LoadState>> loads) {
        this.loads = loads;
    }

    /**
     * Begins to load, on other threads.
     *
     * @param all whether every module is to be loaded now; else only those that may declare routes
     */
    public static RouteLoader begin(List<ProgramSlot> programs, boolean all) {
        var loads = new ArrayList<CompletableFuture<LoadState>>();
        for (ProgramSlot program : programs) {
            // Requests below such a route cannot be told from others before it has been asked.
            if (all || program.configured().action().rules().dialect() == Dialect.WAGI) {
                loads.add(program.load());
            }
        }
        return new RouteLoader(loads);
    }

    /** Returns when those that are to be loaded are, well or not. */
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
