package dev.jetway.server.program;

import dev.jetway.failure.Failure;
import dev.jetway.failure.Limit;
import dev.jetway.server.tenant.Tenant;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests that wait for their modules: a bounded number of all sites and of each, for a bounded
 * time, without a thread. Safe to share between threads.
 */
public final class LoadQueue implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LoadQueue.class);
    private static final Duration SHORTEST_RETRY = Duration.ofSeconds(1);

    private final int most;
    private final Duration maximumWait;
    // Virtual, as they wait most of the time: compilations have threads of their own.
    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("jetway-load-", 0).factory());
    private int waiting;

    /**
     * An empty queue.
     *
     * @param most requests of all sites
     * @param maximumWait time that a request waits at most
     */
    public LoadQueue(int most, Duration maximumWait) {
        this.most = most;
        this.maximumWait = maximumWait;
    }

    /** The threads that load modules. */
    Executor threads() {
        return threads;
    }

    /** The number of waiting requests. */
    public synchronized int waiting() {
        return waiting;
    }

    /** Calls one of the two: later on another thread, or at once if too many wait. Never blocks. */
    void await(
            Tenant tenant,
            CompletableFuture<LoadState> load,
            Consumer<LoadState> loaded,
            Consumer<Failure> failed) {
        Optional<Failure> refused = enter(tenant);
        if (refused.isPresent()) {
            failed.accept(refused.get());
            return;
        }
        // The copy, with its timeout, is for this request only.
        var _ =
                load.copy()
                        .orTimeout(maximumWait.toNanos(), TimeUnit.NANOSECONDS)
                        .whenCompleteAsync(
                                (state, trouble) -> {
                                    leave(tenant);
                                    end(load, state, loaded, failed);
                                },
                                threads);
    }

    private void end(
            CompletableFuture<LoadState> load,
            @Nullable LoadState state,
            Consumer<LoadState> loaded,
            Consumer<Failure> failed) {
        try {
            if (state != null) {
                loaded.accept(state);
            } else if (load.isCompletedExceptionally()) {
                failed.accept(new Failure.HostFault("a module could not be loaded"));
            } else {
                failed.accept(overloaded(Limit.COMPILE_WAIT, "the module is not compiled yet"));
            }
        } catch (RuntimeException | Error e) {
            LOG.error("a request whose module was loaded", e);
            failed.accept(new Failure.HostFault(e.toString()));
        }
    }

    private synchronized Optional<Failure> enter(Tenant tenant) {
        if (waiting >= most) {
            return Optional.of(overloaded(Limit.GUEST_QUEUE, "too many requests wait for modules"));
        }
        if (!tenant.enterModuleWait()) {
            return Optional.of(
                    overloaded(
                            Limit.SITE_WAITING, "too many requests of the site wait for modules"));
        }
        waiting++;
        return Optional.empty();
    }

    private synchronized void leave(Tenant tenant) {
        waiting--;
        tenant.leaveModuleWait();
    }

    private Failure overloaded(Limit limit, String reason) {
        Duration later = maximumWait.compareTo(SHORTEST_RETRY) < 0 ? SHORTEST_RETRY : maximumWait;
        return new Failure.Overloaded(limit, reason, later);
    }

    /** Ends all waits. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
