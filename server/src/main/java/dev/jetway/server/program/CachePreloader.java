package dev.jetway.server.program;

import dev.jetway.module.ModuleCache;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadFactory;

/**
 * Brings modules that were compiled before to memory, one after another, while the server serves
 * already. Safe to share between threads.
 */
public final class CachePreloader implements AutoCloseable {
    private final ModuleCache modules;
    private final List<Path> files;
    private final Thread thread;
    private volatile boolean closed;

    /** Does nothing before it is started. */
    public CachePreloader(ModuleCache modules, List<Path> files, ThreadFactory threads) {
        this.modules = modules;
        this.files = List.copyOf(files);
        this.thread = threads.newThread(this::run);
    }

    public void start() {
        if (!files.isEmpty()) {
            thread.start();
        }
    }

    private void run() {
        for (Path file : files) {
            if (closed) {
                return;
            }
            modules.recall(file).ifPresent(module -> InterpretedFunctions.report(file, module));
        }
    }

    /** Ends it after the module that it is at. */
    @Override
    public void close() {
        closed = true;
    }
}
