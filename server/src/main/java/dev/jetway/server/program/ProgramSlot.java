package dev.jetway.server.program;

import dev.jetway.failure.Failure;
import dev.jetway.failure.Limit;
import dev.jetway.gateway.ProgramSource;
import dev.jetway.module.ModuleLoad;
import dev.jetway.module.source.ModuleVersion;
import dev.jetway.route.ModuleRoute;
import dev.jetway.sandbox.Program;
import dev.jetway.server.program.LoadState.Broken;
import dev.jetway.server.program.LoadState.LetGo;
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
 * What one route runs: loaded when somebody asks first, once for all who ask meanwhile; let go when
 * nobody asks for long or the module has left memory, and loaded again when somebody does; tried
 * again after a failure when the file has changed or a pause is over. Safe to share between
 * threads.
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
     * A route that nobody has asked for.
     *
     * @param tenant whose it is
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

    /** Where programs come from and go. */
    interface Loading {
        /**
         * Loads the module, waiting if it must be compiled.
         *
         * @param first whether the log has not told of it
         */
        Loaded load(boolean first) throws LoadException;

        /** Forgets what was kept for the next run. */
        void letGo(Program program);

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

    /** What has become of it so far. */
    public LoadState state() {
        return state.get();
    }

    /** Its module, if it is in memory now. */
    Optional<ModuleLoad> loaded() {
        return state.get() instanceof Loaded loaded && !loaded.load().lease().isOver()
                ? Optional.of(loaded.load())
                : Optional.empty();
    }

    /** Further routes that the module asked for when it was last loaded. */
    List<ModuleRoute> declared() {
        return declared;
    }

    @Override
    public void ask(Consumer<Ready> ready, Consumer<Failure> failed) {
        if (state.get() instanceof Loaded loaded) {
            if (!used) {
                used = true;
            }
            loaded.load().lease().touch();
            ready.accept(loaded.program());
        } else {
            List<ModuleRoute> before = declared;
            queue.await(
                    tenant,
                    load(),
                    now -> {
                        if (before.equals(declared)) {
                            answer(now, ready, failed);
                        } else {
                            // The request may belong to a route that was not there when it came.
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
            case NotYet _, LetGo _ -> failed.accept(new Failure.ModuleUnavailable("not loaded"));
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

    /** Begins to load, or joins who has begun. */
    synchronized CompletableFuture<LoadState> load() {
        if (current == null) {
            current = CompletableFuture.supplyAsync(this::next, queue.threads());
        }
        return current;
    }

    /** Loads it on this thread, before requests can ask. */
    void loadNow() {
        var _ = next();
    }

    private LoadState next() {
        try {
            // Before it is read: a change in between is a change.
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
            case NotYet _, LetGo _ -> false;
        };
    }

    private LoadState next(LoadState before, ModuleVersion version) {
        try {
            Loaded loaded = loading.load(!(before instanceof LetGo));
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
        // At once if it has left already: this request runs it, the next one loads it.
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
                    e.isPassing() ? "loads, which is tried again" : "changes",
                    configured.action().moduleName(),
                    e.reason());
        }
        if (!e.isPassing()) {
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
     * Looks whether the module has changed, and takes the new one over. Requests are answered by
     * the old one meanwhile, and also after that if the new one cannot be run. A module that has
     * changed is read when two looks have found the same: it may be on its way still. Used by one
     * thread.
     */
    void look() {
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
                loading.letGo(next.program().program());
            } else {
                declare(next);
                loading.letGo(before.program().program());
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
            letGo(loaded);
        }
    }

    /** Lets the program go if nobody has asked for it since this was called last. */
    void rest() {
        if (used) {
            used = false;
        } else {
            letGo();
        }
    }

    /** Lets the program go; a run that has begun keeps it. */
    void letGo() {
        if (state.get() instanceof Loaded loaded) {
            letGo(loaded);
        }
    }

    private void letGo(Loaded loaded) {
        if (state.compareAndSet(loaded, new LetGo())) {
            loading.letGo(loaded.program().program());
        }
    }
}
