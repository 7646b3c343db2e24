package dev.jetway.server.registry;

import dev.jetway.base.ByteSize;
import dev.jetway.server.registry.http.RegistryException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks registries whether tags have moved since they were pulled, one after another beside
 * requests. Safe to share between threads.
 */
public final class TagChecks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TagChecks.class);

    private final ByteSize limit;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().name("jetway-tags").factory());

    /** Where the tags of modules that are in use have moved to, of those that were told of. */
    private final Map<RemotePlace, Digest> told = new ConcurrentHashMap<>();

    private Future<?> running = CompletableFuture.completedFuture("none");

    /**
     * Checks to come.
     *
     * @param limit bytes of a module
     */
    public TagChecks(ByteSize limit) {
        this.limit = limit;
    }

    /** Begins to check all tags that were pulled before; checks that still run are ended. */
    public synchronized void begin(List<RemoteModule> modules) {
        List<RemoteModule> tags = modules.stream().distinct().toList();
        running.cancel(true);
        told.keySet().retainAll(tags.stream().map(RemoteModule::place).toList());
        if (!tags.isEmpty() && !thread.isShutdown()) {
            running = thread.submit(() -> check(tags));
        }
    }

    private void check(List<RemoteModule> modules) {
        try {
            for (RemoteModule module : modules) {
                check(module);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Checks one module now. */
    void check(RemoteModule module) throws InterruptedException {
        Optional<Digest> recorded = module.record().flatMap(PullRecord::manifest);
        if (recorded.isEmpty()
                || !(module.place() instanceof OciPlace place)
                || place.digest().isPresent()) {
            return;
        }
        var puller = new Puller(module.settings(), InstantSource.system());
        try {
            Digest now = puller.look(place);
            if (!now.equals(recorded.get())) {
                moved(module, recorded.get(), now);
            }
        } catch (RegistryException e) {
            LOG.info(
                    "whether a tag has moved is not known, its module is run as it was pulled: {}: {}",
                    place,
                    e.reason());
        }
    }

    private void moved(RemoteModule module, Digest before, Digest now)
            throws RegistryException, InterruptedException {
        switch (module.settings().movedTags()) {
            case FOLLOW -> {
                new Puller(module.settings(), InstantSource.system()).pull(module.place(), limit);
                LOG.warn("the tag of {} has moved from {} to {}", module.place(), before, now);
            }
            case REFUSE -> {
                if (!now.equals(told.put(module.place(), now))) {
                    LOG.warn(
                            "the tag of {} has moved from {} to {}, which is refused: 'jetway pull'"
                                    + " takes it",
                            module.place(),
                            before,
                            now);
                }
            }
        }
    }

    /** Ends all checks. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
