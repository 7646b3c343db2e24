package dev.jetway.server.program;

import dev.jetway.failure.Failure;
import dev.jetway.failure.Limit;
import dev.jetway.gateway.ProgramSource;
import dev.jetway.module.ModuleLoad;
import dev.jetway.module.source.ModuleVersion;
import dev.jetway.route.ModuleRoute;
import dev.jetway.sandbox.Program;
import dev.jetway.server.program.LoadState.Broken;
import dev.jetway.server.program.LoadState.Evicted;
import dev.jetway.server.program.LoadState.Loaded;
import dev.jetway.server.program.LoadState.NotYet;
import dev.jetway.server.tenant.Tenant;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The program of one route: loaded at the first request, once for all requests that wait for it;
 * evicted when idle or when its module is evicted, and loaded again at the next request; after a
 * failure loaded again when the file has changed or a pause is over. Safe to share between threads.
 */
public final class ProgramSlot implements ProgramSource {
    private static final Logger LOG = LoggerFactory.getLogger(ProgramSlot.class);

    private final ModuleRoute configured;
    private final Tenant tenant;
    private final Loading loading;
    private final LoadQueue queue;
    private final Runnable declares;
    private final AtomicReference<LoadState> state = new AtomicReference<>(new NotYet());
    private final Runnable over = this::moduleLeft;
    private volatile List<ModuleRoute> declared = List.of();
    private volatile boolean used;
    private @Nullable ModuleVersion seen;
    private @Nullable ModuleVersion refused;
    private @Nullable CompletableFuture<LoadState> current;

    /**
     * A route without requests so far.
     *
     * @param tenant of the route's site
     * @param declares called when {@link #declared} has changed, before requests are answered
     */
    ProgramSlot(
            ModuleRoute configured,
            Tenant tenant,
            Loading loading,
            LoadQueue queue,
            Runnable declares) {
        this.configured = configured;
        this.tenant = tenant;
        this.loading = loading;
        this.queue = queue;
        this.declares = declares;
    }

    /** Loads and releases programs. */
    interface Loading {
        /**
         * Loads the module; waits if it must be compiled.
         *
         * @param first whether the load has not been logged yet
         */
        Loaded load(boolean first) throws LoadException;

        /** Releases the instances kept for further runs. */
        void release(Program program);

        /** The time of {@link System#nanoTime}. */
        long now();
    }

    /** The route as configured. */
    public ModuleRoute configured() {
        return configured;
    }

    /** The site's live state. */
    Tenant tenant() {
        return tenant;
    }

    /** The current state. */
    public LoadState state() {
        return state.get();
    }

    /** The module, if it is in memory. */
    Optional<ModuleLoad> loaded() {
        return state.get() instanceof Loaded loaded && !loaded.load().lease().isOver()
                ? Optional.of(loaded.load())
                : Optional.empty();
    }

    /** Further routes that the module declared when it was last loaded. */
    List<ModuleRoute> declared() {
        return declared;
    }

    @Override
    public void ask(Consumer<Ready> ready, Consumer<Failure> failed) {
        LoadState now = state.get();
        if (now instanceof Loaded loaded) {
            if (!used) {
                used = true;
            }
            loaded.load().lease().touch();
            ready.accept(loaded.program());
        } else if (now instanceof Broken broken && !configured.action().module().isLocal()) {
            // Another machine has failed before: no request waits for it again.
            var _ = load();
            failed.accept(failure(broken));
        } else {
            List<ModuleRoute> before = declared;
            queue.await(
                    tenant,
                    load(),
                    then -> {
                        if (before.equals(declared)) {
                            answer(then, ready, failed);
                        } else {
                            // The request may match a route that was declared meanwhile.
                            failed.accept(later("its routes have changed", RetryPause.SHORTEST));
                        }
                    },
                    failed);
        }
    }

    private void answer(LoadState now, Consumer<Ready> ready, Consumer<Failure> failed) {
        switch (now) {
            case Loaded loaded -> ready.accept(loaded.program());
            case Broken broken -> failed.accept(failure(broken));
            case NotYet _, Evicted _ -> failed.accept(new Failure.ModuleUnavailable("not loaded"));
        }
    }

    private Failure failure(Broken broken) {
        return broken.pause()
                .<Failure>map(pause -> later(broken.reason(), pause.left(loading.now())))
                .orElseGet(() -> new Failure.ModuleUnavailable(broken.reason()));
    }

    private static Failure later(String reason, Duration time) {
        return new Failure.Overloaded(
                Limit.MODULE_RETRY, reason, time.isPositive() ? time : RetryPause.SHORTEST);
    }

    /** Starts a load, or joins a running one. */
    synchronized CompletableFuture<LoadState> load() {
        if (current == null) {
            current = CompletableFuture.supplyAsync(this::next, queue.threads());
        }
        return current;
    }

    /** Loads the module on this thread, before the first request. */
    void loadNow() {
        var _ = next();
    }

    private LoadState next() {
        try {
            // Taken before the module is read, so that a change meanwhile is noticed.
            ModuleVersion version = configured.action().module().version();
            LoadState before = state.get();
            return stands(before, version) ? before : next(before, version);
        } finally {
            synchronized (this) {
                current = null;
            }
        }
    }

    private boolean stands(LoadState now, ModuleVersion version) {
        return switch (now) {
            case Loaded _ -> true;
            case Broken broken ->
                    broken.version().equals(version)
                            && broken.pause().filter(p -> p.isOver(loading.now())).isEmpty();
            case NotYet _, Evicted _ -> false;
        };
    }

    private LoadState next(LoadState before, ModuleVersion version) {
        try {
            Loaded loaded = loading.load(!(before instanceof Evicted));
            enter(loaded);
            return loaded;
        } catch (LoadException e) {
            Broken broken = broken(before, version, e);
            state.set(broken);
            return broken;
        }
    }

    private void enter(Loaded loaded) {
        declare(loaded);
        used = true;
        state.set(loaded);
        // Called at once if the module has been evicted already: this request runs it, the next
        // loads it.
        loaded.load().lease().whenOver(over);
    }

    private void declare(Loaded loaded) {
        if (!loaded.declared().equals(declared)) {
            declared = loaded.declared();
            declares.run();
        }
    }

    private Broken broken(LoadState before, ModuleVersion version, LoadException e) {
        Optional<Broken> last =
                before instanceof Broken broken ? Optional.of(broken) : Optional.empty();
        boolean told =
                last.filter(b -> b.version().equals(version) && b.reason().equals(e.reason()))
                        .isPresent();
        if (!told) {
            LOG.warn(
                    "{}: the route {} answers 503 until its module {}: {}: {}",
                    configured.route().position(),
                    configured.route().pattern(),
                    e.isTemporary() ? "loads, which is tried again" : "changes",
                    configured.action().moduleName(),
                    e.reason());
        }
        if (!e.isTemporary()) {
            return new Broken(version, e.reason(), Optional.empty());
        }
        long now = loading.now();
        RetryPause pause =
                last.flatMap(Broken::pause)
                        .map(p -> p.next(now))
                        .orElseGet(() -> RetryPause.first(now));
        return new Broken(version, e.reason(), Optional.of(pause));
    }

    /**
     * Replaces the program if the module has changed. The old one answers requests meanwhile, and
     * afterwards too if the new one cannot be run. A changed module is loaded when two checks have
     * found the same version: it may still be being written. Used by one thread.
     */
    void checkForChange() {
        if (!(state.get() instanceof Loaded loaded)) {
            return;
        }
        ModuleVersion now = configured.action().module().version();
        if (now.equals(loaded.version()) || now.equals(refused)) {
            return;
        }
        if (now.equals(seen)) {
            replace(loaded, now);
        }
        seen = now;
    }

    private void replace(Loaded before, ModuleVersion now) {
        try {
            Loaded next = loading.load(true);
            refused = null;
            if (!state.compareAndSet(before, next)) {
                loading.release(next.program().program());
            } else {
                declare(next);
                loading.release(before.program().program());
                next.load().lease().whenOver(over);
                LOG.info(
                        "{}: the route {} runs {} as it is now",
                        configured.route().position(),
                        configured.route().pattern(),
                        configured.action().module().name());
            }
        } catch (LoadException e) {
            refused = now;
            LOG.warn(
                    "{}: the route {} goes on with {} as it was: the new one cannot be run: {}",
                    configured.route().position(),
                    configured.route().pattern(),
                    configured.action().module().name(),
                    e.reason());
        }
    }

    private void moduleLeft() {
        if (state.get() instanceof Loaded loaded && loaded.load().lease().isOver()) {
            evict(loaded);
        }
    }

    /** Evicts the program if there was no request since the last call. */
    void evictIfUnused() {
        if (used) {
            used = false;
        } else {
            evict();
        }
    }

    /** Evicts the program; running guests keep it. */
    void evict() {
        if (state.get() instanceof Loaded loaded) {
            evict(loaded);
        }
    }

    private void evict(Loaded loaded) {
        if (state.compareAndSet(loaded, new Evicted())) {
            loading.release(loaded.program().program());
        }
    }
}
