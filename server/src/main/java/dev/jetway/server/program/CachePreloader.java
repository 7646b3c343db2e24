package dev.jetway.server.program;

import dev.jetway.module.ModuleCache;
import dev.jetway.module.source.ModuleReference;
import java.util.List;
import java.util.concurrent.ThreadFactory;

/**
 * Loads compiled modules from disk into memory, one after another, while the server serves already.
 * Safe to share between threads.
 */
public final class CachePreloader implements AutoCloseable {
    private final ModuleCache modules;
    private final List<ModuleReference> references;
    private final Thread thread;
    private volatile boolean closed;

    /** A preloader that has not been started. */
    public CachePreloader(
            ModuleCache modules, List<ModuleReference> references, ThreadFactory threads) {
        this.modules = modules;
        this.references = List.copyOf(references);
        this.thread = threads.newThread(this::run);
    }

    public void start() {
        if (!references.isEmpty()) {
            thread.start();
        }
    }

    private void run() {
        for (ModuleReference reference : references) {
            if (closed) {
                return;
            }
            modules.recall(reference)
                    .ifPresent(module -> InterpretedFunctions.report(reference, module));
        }
    }

    /** Ends after the current module. */
    @Override
    public void close() {
        closed = true;
    }
}
