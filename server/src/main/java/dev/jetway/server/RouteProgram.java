package dev.jetway.server;

import dev.jetway.cgi.Failure;
import dev.jetway.cgi.ProgramSource;
import dev.jetway.cgi.Route;
import dev.jetway.module.ModuleLoad;
import dev.jetway.server.LoadState.Broken;
import dev.jetway.server.LoadState.Loaded;
import dev.jetway.server.LoadState.NotYet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one route runs: loaded when somebody asks first, once for all who ask meanwhile; tried again
 * after a failure when the file has changed. Safe to share between threads.
 */
final class RouteProgram implements ProgramSource {
    private static final Logger LOG = LoggerFactory.getLogger(RouteProgram.class);

    private final Route route;
    private final ProgramLoader loader;
    private final LoadQueue queue;
    private volatile LoadState state = new NotYet();
    private @Nullable CompletableFuture<LoadState> loading;

    RouteProgram(Route route, ProgramLoader loader, LoadQueue queue) {
        this.route = route;
        this.loader = loader;
        this.queue = queue;
    }

    /** Of a route that a module declares which is loaded. */
    static RouteProgram declared(
            Route route, ModuleLoad load, ProgramLoader loader, LoadQueue queue) {
        var program = new RouteProgram(route, loader, queue);
        program.state = program.attempt(() -> loader.declared(route, load));
        return program;
    }

    /** The route as configured. */
    Route route() {
        return route;
    }

    /** What has become of it so far. */
    LoadState state() {
        return state;
    }

    @Override
    public void ask(Consumer<Ready> ready, Consumer<Failure> failed) {
        if (state instanceof Loaded loaded) {
            ready.accept(loaded.program());
        } else {
            queue.await(route.site(), load(), now -> answer(now, ready, failed), failed);
        }
    }

    private static void answer(LoadState now, Consumer<Ready> ready, Consumer<Failure> failed) {
        switch (now) {
            case Loaded loaded -> ready.accept(loaded.program());
            case Broken broken -> failed.accept(new Failure.ModuleUnavailable(broken.reason()));
            case NotYet _ -> failed.accept(new Failure.ModuleUnavailable("not loaded"));
        }
    }

    /** Begins to load, or joins who has begun. */
    synchronized CompletableFuture<LoadState> load() {
        if (loading == null) {
            loading = CompletableFuture.supplyAsync(this::next, queue.threads());
        }
        return loading;
    }

    private LoadState next() {
        try {
            state = attempt();
            return state;
        } finally {
            synchronized (this) {
                loading = null;
            }
        }
    }

    private LoadState attempt() {
        if (state instanceof Loaded
                || (state instanceof Broken broken
                        && broken.file().equals(FileStamp.of(route.module())))) {
            return state;
        }
        return attempt(() -> loader.load(route));
    }

    /** Loads a module. */
    private interface Load {
        Loaded load() throws LoadException;
    }

    private LoadState attempt(Load load) {
        // Before it is read: a change in between is a change.
        FileStamp file = FileStamp.of(route.module());
        try {
            return load.load();
        } catch (LoadException e) {
            LOG.warn(
                    "{}: the route {} answers 503 until its module changes: {}: {}",
                    route.position(),
                    route.pattern(),
                    route.module().getFileName(),
                    e.reason());
            return new Broken(file, e.reason());
        }
    }
}
