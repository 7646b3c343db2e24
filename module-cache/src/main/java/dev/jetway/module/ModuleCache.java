package dev.jetway.module;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy.Eviction;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.jetway.base.ByteSize;
import dev.jetway.module.ModuleContents.Content;
import dev.jetway.module.ModuleLoad.Origin;
import dev.jetway.module.source.ModuleException;
import dev.jetway.module.source.ModuleException.Reason;
import dev.jetway.module.source.ModuleReference;
import dev.jetway.module.source.TextAssembler;
import dev.jetway.module.store.DiskStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads compiled modules by reference, one for each content, in memory and on disk. Equal bytes are
 * compiled once, however many callers ask for them; an evicted module comes back from disk, or from
 * a run that still uses it. Safe to share between threads; the directory, between processes.
 */
public final class ModuleCache implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ModuleCache.class);
    private static final int KIBIBYTE = 1024;

    /** Maximum number of files in memory while their compiled modules are looked up. */
    private static final int READS = 4;

    private final ModuleCacheSettings settings;
    private final ModuleLoader loader;
    private final Cache<String, CacheLease> leases;

    /** All modules that have not been collected, evicted or not: none is in memory twice. */
    private final Cache<String, CompiledModule> alive =
            Caffeine.newBuilder().weakValues().executor(Runnable::run).build();

    private final InFlight<Loaded> loads = new InFlight<>();
    private final ModuleContents contents;
    private final Semaphore reads = new Semaphore(READS, true);
    private final LongAdder memoryHits = new LongAdder();
    private final LongAdder diskLoads = new LongAdder();
    private final LongAdder compilations = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder evictions = new LongAdder();
    private final AtomicBoolean warnedOfLargeModule = new AtomicBoolean();

    /** A cache; runs without its folder, after one warning, if the folder cannot be used. */
    public ModuleCache(ModuleCacheSettings settings) {
        this(settings, Thread.ofPlatform().name("module-compiler-", 0).daemon().factory());
    }

    /** A cache with threads for compilations, which must be platform threads. */
    public ModuleCache(ModuleCacheSettings settings, ThreadFactory compilers) {
        this.settings = settings;
        this.loader =
                new ModuleLoader(
                        settings.directory()
                                .flatMap(d ->
                                        DiskStore.open(
                                                d,
                                                settings.diskLimit(),
                                                EngineVersion.text(),
                                                InstantSource.system())),
                        settings.compileThreads(),
                        compilers);
        this.leases =
                Caffeine.newBuilder()
                        .maximumWeight(settings.memoryLimit().bytes() / KIBIBYTE)
                        .weigher((String digest, CacheLease lease) -> weight(lease.module()))
                        .executor(Runnable::run)
                        .removalListener(this::onRemoval)
                        .build();
        this.contents =
                new ModuleContents(
                        settings.moduleLimit(),
                        reads,
                        new TextAssembler(
                                TextAssembler.Bounds.of(settings.moduleLimit()),
                                settings.compileThreads(),
                                compilers),
                        content -> load(content).lease().module());
    }

    private void onRemoval(
            @Nullable String digest, @Nullable CacheLease lease, RemovalCause cause) {
        if (cause.wasEvicted()) {
            evictions.increment();
        }
        if (lease != null) {
            lease.end();
        }
    }

    private static int weight(CompiledModule module) {
        return (int) Math.min(Integer.MAX_VALUE, module.cost() / KIBIBYTE + 1);
    }

    /**
     * Loads a module, waiting if it must be compiled. An interrupt ends a fetch from another
     * machine, but no other wait.
     *
     * @param reference to a WebAssembly binary or text; the content tells which
     * @throws ModuleException if there is no such module or it does not compile
     * @throws java.util.concurrent.RejectedExecutionException if the cache is closed and the module
     *     must be compiled
     */
    public ModuleLoad load(ModuleReference reference) throws ModuleException {
        long start = System.nanoTime();
        try {
            Loaded loaded = load(contents.look(reference));
            var took = Duration.ofNanos(System.nanoTime() - start);
            return new ModuleLoad(loaded.lease(), loaded.origin(), took);
        } catch (ModuleException e) {
            failures.increment();
            throw e;
        } catch (OutOfMemoryError e) {
            failures.increment();
            throw ModuleException.noMemory(e);
        }
    }

    /** A module and where it came from. */
    private record Loaded(CacheLease lease, Origin origin) {}

    /**
     * Loads a module into memory if that is quick: if it is on this machine and was compiled
     * before, and there is room.
     *
     * @return the module, if it was loaded
     */
    public Optional<CompiledModule> recall(ModuleReference reference) {
        if (!reference.isLocal()) {
            return Optional.empty();
        }
        try {
            String digest = contents.look(reference).digest();
            if (!hasRoom() || leases.getIfPresent(digest) != null) {
                return Optional.empty();
            }
            Optional<CompiledModule> stored = stored(digest);
            stored.ifPresent(module -> {
                keep(module);
                diskLoads.increment();
            });
            return stored;
        } catch (ModuleException | OutOfMemoryError e) {
            // The request that needs the module will report the reason.
            return Optional.empty();
        }
    }

    /**
     * Makes further code for a module: parses it again, on the caller's thread, for as long as some
     * seconds.
     *
     * @throws ModuleException if it has changed since, or cannot be had
     */
    public StartCode startCode(ModuleReference reference, CompiledModule module)
            throws ModuleException {
        Content content = contents.look(reference);
        if (!content.digest().equals(module.digest())) {
            throw new ModuleException(Reason.UNREADABLE, "has changed since it was loaded");
        }
        try {
            byte[] binary = content.source().prepare().read();
            return new StartCode(
                    ModuleCompiler.parsedAgain(binary), loader.image(binary, content.digest()));
        } catch (OutOfMemoryError e) {
            throw ModuleException.noMemory(e);
        }
    }

    private boolean hasRoom() {
        return statistics().cost().compareTo(settings.memoryLimit()) < 0;
    }

    private Optional<CompiledModule> stored(String digest) {
        reads.acquireUninterruptibly();
        try {
            return loader.stored(digest);
        } finally {
            reads.release();
        }
    }

    private Loaded load(Content content) throws ModuleException {
        var result = loads.load(content.digest(), () -> find(content));
        Origin origin = result.own() ? result.value().origin() : Origin.MEMORY;
        count(origin).increment();
        return new Loaded(result.value().lease(), origin);
    }

    private Loaded find(Content content) throws ModuleException {
        String digest = content.digest();
        CacheLease here = leases.getIfPresent(digest);
        if (here != null) {
            return new Loaded(here, Origin.MEMORY);
        }
        CompiledModule evicted = alive.getIfPresent(digest);
        if (evicted != null) {
            return new Loaded(keep(evicted), Origin.MEMORY);
        }
        Optional<CompiledModule> stored = stored(digest);
        return stored.isPresent()
                ? new Loaded(keep(stored.get()), Origin.DISK)
                : new Loaded(
                        keep(loader.compile(content.source().prepare(), content.size(), digest)),
                        Origin.COMPILED);
    }

    /** The lease may be over when it is returned: a module heavier than the bound is not kept. */
    private CacheLease keep(CompiledModule module) {
        var lease = new CacheLease(module, leases);
        CacheLease other = leases.asMap().putIfAbsent(module.digest(), lease);
        if (other != null) {
            return other;
        }
        alive.put(module.digest(), module);
        // Loads at the same time may have left each other's evictions to a later use.
        leases.cleanUp();
        if (weight(module) > settings.memoryLimit().bytes() / KIBIBYTE
                && !warnedOfLargeModule.getAndSet(true)) {
            LOG.warn(
                    "module-memory ({}) is less than the {} that one module needs ({}): what is"
                            + " heavier comes from disk again and again",
                    settings.memoryLimit(),
                    new ByteSize(module.cost()),
                    module.digest());
        }
        return lease;
    }

    private LongAdder count(Origin origin) {
        return switch (origin) {
            case MEMORY -> memoryHits;
            case DISK -> diskLoads;
            case COMPILED -> compilations;
        };
    }

    /** Counts and content of the cache. */
    public ModuleCacheStatistics statistics() {
        long weight =
                leases.policy().eviction().map(Eviction::weightedSize).orElseThrow().orElse(0);
        return new ModuleCacheStatistics(
                memoryHits.sum(),
                diskLoads.sum(),
                compilations.sum(),
                failures.sum(),
                evictions.sum(),
                leases.estimatedSize(),
                ByteSize.ofKibibytes(weight),
                loader.compiling());
    }

    /** Releases all modules and stops the threads; modules in use stay usable. */
    @Override
    public void close() {
        loader.close();
        leases.invalidateAll();
    }
}
