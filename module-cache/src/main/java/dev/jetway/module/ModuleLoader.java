package dev.jetway.module;

import dev.jetway.base.OneLine;
import dev.jetway.module.source.ModuleException;
import dev.jetway.module.source.ModuleException.Reason;
import dev.jetway.module.store.DiskStore;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes modules of binaries, from the disk store or else by the compiler. The caller's thread reads
 * the disk; compilations have a few threads of their own, because virtual threads that compute
 * would hold up all others. Safe to share between threads.
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
                        new PriorityBlockingQueue<>(),
                        compilers);
        compilations.allowCoreThreadTimeOut(true);
    }

    /** Reads the bytes of a module when its compilation begins. */
    interface Binary {
        byte[] read() throws ModuleException;
    }

    /**
     * Compiles a module, waiting for its turn; its bytes are read only then.
     *
     * @param size bytes that there will be
     */
    CompiledModule compile(Binary binary, long size, String digest) throws ModuleException {
        var done = new CompletableFuture<CompiledModule>();
        compilations.execute(
                new Turn(
                        Turn.due(System.nanoTime(), size),
                        () -> {
                            try {
                                done.complete(compileNow(binary, digest));
                            } catch (ModuleException | RuntimeException | Error e) {
                                done.completeExceptionally(e);
                            }
                        }));
        try {
            return done.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof ModuleException cause) {
                throw cause;
            }
            if (e.getCause() instanceof OutOfMemoryError cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Modules that wait for their turn. */
    int waiting() {
        return compilations.getQueue().size();
    }

    /**
     * A waiting compilation. It may begin before those that are due later.
     *
     * @param due in the time of {@link System#nanoTime}
     */
    private record Turn(long due, Runnable work) implements Runnable, Comparable<Turn> {
        /** Approximate time of the compiler for one byte. */
        private static final long NANOS_A_BYTE = 1_000;

        /** A small module may overtake a large one, but none waits for ever. */
        static long due(long now, long size) {
            return now + size * NANOS_A_BYTE;
        }

        @Override
        public void run() {
            work.run();
        }

        @Override
        public int compareTo(Turn other) {
            // Compared by difference, because nanoTime may overflow.
            return Long.signum(due - other.due);
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

    /** The image of a module: from disk, or compiled again on the caller's thread. */
    ModuleImage image(byte[] binary, String digest) throws ModuleException {
        Optional<byte[]> entry = store.flatMap(s -> s.get(digest));
        if (entry.isPresent()) {
            try {
                return ModuleImage.decode(entry.get());
            } catch (IOException e) {
                LOG.debug("the compiled module {} cannot be read", digest, e);
            }
        }
        return ModuleCompiler.compile(binary);
    }

    private CompiledModule compileNow(Binary binary, String digest) throws ModuleException {
        long start = System.nanoTime();
        try {
            ModuleImage image = ModuleCompiler.compile(binary.read());
            CompiledModule module = linked(digest, image);
            store.ifPresent(s -> s.put(digest, image.encode()));
            return module;
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

    /** Sum of the time of all compilations. */
    Duration compiling() {
        return Duration.ofNanos(compilingNanos.sum());
    }

    /** Stops the threads when running compilations have ended. */
    @Override
    public void close() {
        compilations.shutdown();
    }
}
