package dev.jetway.module;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy.Eviction;
import dev.jetway.module.ModuleException.Reason;
import dev.jetway.module.ModuleLoad.Origin;
import dev.jetway.module.ModuleLoader.Loaded;
import dev.jetway.unit.ByteSize;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.LongAdder;

/**
 * Module files to compiled modules: one for each content, in memory and on disk. However many
 * callers ask for the same bytes, they are compiled once; what leaves memory for want of room comes
 * back from disk. Safe to share between threads, its directory between processes.
 */
public final class ModuleCache implements AutoCloseable {
    private static final int KIBIBYTE = 1024;

    private final ModuleCacheSettings settings;
    private final ModuleLoader loader;
    private final Cache<String, CompiledModule> modules;
    private final InFlight<Loaded> loads = new InFlight<>();
    private final TextAssembler assembler;
    private final LongAdder memoryHits = new LongAdder();
    private final LongAdder diskLoads = new LongAdder();
    private final LongAdder compilations = new LongAdder();
    private final LongAdder failures = new LongAdder();

    /** A cache; a folder that cannot be used is done without, after one warning. */
    public ModuleCache(ModuleCacheSettings settings) {
        this(settings, Thread.ofPlatform().name("module-compiler-", 0).daemon().factory());
    }

    /** The same with threads for compilations, which must be platform threads. */
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
                        settings.compilations(),
                        compilers);
        this.modules =
                Caffeine.newBuilder()
                        .maximumWeight(settings.memoryLimit().bytes() / KIBIBYTE)
                        .weigher((String digest, CompiledModule m) -> weight(m))
                        .executor(Runnable::run)
                        .recordStats()
                        .build();
        this.assembler =
                new TextAssembler(settings.moduleLimit(), settings.compilations(), compilers);
    }

    private static int weight(CompiledModule module) {
        return (int) Math.min(Integer.MAX_VALUE, module.cost() / KIBIBYTE + 1);
    }

    /**
     * Loads a module, waiting if it must be compiled; an interrupt does not end the wait.
     *
     * @param file a WebAssembly binary, or text; the content tells
     * @throws ModuleException if there is no such module or it does not compile
     * @throws java.util.concurrent.RejectedExecutionException if the cache is closed and the module
     *     must be compiled
     */
    public ModuleLoad load(Path file) throws ModuleException {
        long start = System.nanoTime();
        try {
            Loaded loaded = load(binary(ModuleBytes.read(file, settings.moduleLimit())));
            var took = Duration.ofNanos(System.nanoTime() - start);
            return new ModuleLoad(loaded.module(), loaded.origin(), took);
        } catch (ModuleException e) {
            failures.increment();
            throw e;
        }
    }

    /**
     * Brings a module to memory if that is quick: if it is a binary that was compiled before, and
     * there is room.
     *
     * @return the module, if it was brought
     */
    public Optional<CompiledModule> recall(Path file) {
        try {
            byte[] bytes = ModuleBytes.read(file, settings.moduleLimit());
            if (!ModuleBytes.isBinary(bytes) || !hasRoom()) {
                return Optional.empty();
            }
            String digest = ModuleBytes.digest(bytes);
            if (modules.getIfPresent(digest) != null) {
                return Optional.empty();
            }
            Optional<CompiledModule> stored = loader.stored(digest);
            stored.ifPresent(module -> {
                modules.put(digest, module);
                diskLoads.increment();
            });
            return stored;
        } catch (ModuleException e) {
            // Whoever needs it will learn why.
            return Optional.empty();
        }
    }

    private boolean hasRoom() {
        return statistics().cost().compareTo(settings.memoryLimit()) < 0;
    }

    private byte[] binary(byte[] bytes) throws ModuleException {
        if (ModuleBytes.isBinary(bytes)) {
            return bytes;
        }
        if (bytes.length == 0) {
            throw new ModuleException(Reason.NOT_WASM, "is empty");
        }
        if (!TextForm.matches(bytes)) {
            throw new ModuleException(
                    Reason.NOT_WASM, "is not a WebAssembly module: neither binary nor text");
        }
        return assembler.assemble(bytes, load(TextAssembler.program()).module());
    }

    private Loaded load(byte[] binary) throws ModuleException {
        ModuleBytes.requireCoreModule(binary);
        String digest = ModuleBytes.digest(binary);
        var result = loads.load(digest, () -> load(binary, digest));
        Origin origin = result.own() ? result.value().origin() : Origin.MEMORY;
        count(origin).increment();
        return new Loaded(result.value().module(), origin);
    }

    private Loaded load(byte[] binary, String digest) throws ModuleException {
        CompiledModule cached = modules.getIfPresent(digest);
        if (cached != null) {
            return new Loaded(cached, Origin.MEMORY);
        }
        Loaded loaded = loader.load(binary, digest);
        modules.put(digest, loaded.module());
        return loaded;
    }

    private LongAdder count(Origin origin) {
        return switch (origin) {
            case MEMORY -> memoryHits;
            case DISK -> diskLoads;
            case COMPILED -> compilations;
        };
    }

    /** What the cache did and holds. */
    public ModuleCacheStatistics statistics() {
        long weight =
                modules.policy().eviction().map(Eviction::weightedSize).orElseThrow().orElse(0);
        return new ModuleCacheStatistics(
                memoryHits.sum(),
                diskLoads.sum(),
                compilations.sum(),
                failures.sum(),
                modules.stats().evictionCount(),
                modules.estimatedSize(),
                ByteSize.ofKibibytes(weight),
                loader.compiling());
    }

    /** Lets go of all modules and threads; modules in use stay usable. */
    @Override
    public void close() {
        loader.close();
        modules.invalidateAll();
    }
}
