package dev.jetway.module;

import dev.jetway.module.ModuleException.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Binary to module, by the disk store if it can, else by the compiler. The disk is read by the
 * caller's thread; compilations have a few threads of their own, because virtual threads that
 * compute would hold up all others. Safe to share between threads.
 */
final class ModuleLoader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ModuleLoader.class);
    private static final long IDLE_SECONDS = 10;

    private final Optional<DiskStore> store;
    private final ThreadPoolExecutor compilations;
    private final LongAdder compilingNanos = new LongAdder();

    ModuleLoader(Optional<DiskStore> store, int atOnce, ThreadFactory compilers) {
        this.store = store;
        this.compilations =
                new ThreadPoolExecutor(
                        atOnce,
                        atOnce,
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        compilers);
        compilations.allowCoreThreadTimeOut(true);
    }

    /** Where the bytes of a module come from when its turn has come. */
    interface Binary {
        byte[] read() throws ModuleException;
    }

    /** Compiles a module, waiting for its turn; nothing of it is in memory before. */
    CompiledModule compile(Binary binary, String digest) throws ModuleException {
        var compilation =
                CompletableFuture.supplyAsync(() -> compileNow(binary, digest), compilations);
        try {
            return compilation.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof ModuleException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** A module that was compiled before. */
    Optional<CompiledModule> stored(String digest) {
        return store.flatMap(s -> stored(s, digest));
    }

    private static Optional<CompiledModule> stored(DiskStore store, String digest) {
        Optional<byte[]> entry = store.get(digest);
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(CompiledModule.link(digest, ModuleImage.decode(entry.get())));
        } catch (IOException | RuntimeException | LinkageError e) {
            LOG.debug("the compiled module {} does not link", digest, e);
            store.reject(digest);
            return Optional.empty();
        }
    }

    private CompiledModule compileNow(Binary binary, String digest) {
        long start = System.nanoTime();
        try {
            ModuleImage image = ModuleCompiler.compile(binary.read());
            CompiledModule module = linked(digest, image);
            store.ifPresent(s -> s.put(digest, image.encode()));
            return module;
        } catch (ModuleException e) {
            throw new CompletionException(e);
        } finally {
            compilingNanos.add(System.nanoTime() - start);
        }
    }

    private static CompiledModule linked(String digest, ModuleImage image) throws ModuleException {
        try {
            return CompiledModule.link(digest, image);
        } catch (RuntimeException | LinkageError e) {
            // The engine's validation leaves some indices to the instantiation.
            throw new ModuleException(
                    Reason.MALFORMED, "is not a valid WebAssembly module: " + OneLine.of(e));
        }
    }

    /** Time spent on compilations, those side by side added up. */
    Duration compiling() {
        return Duration.ofNanos(compilingNanos.sum());
    }

    /** Ends the threads when what was begun is done. */
    @Override
    public void close() {
        compilations.shutdown();
    }
}
