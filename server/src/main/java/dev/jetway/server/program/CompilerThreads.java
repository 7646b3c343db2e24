package dev.jetway.server.program;

import dev.jetway.sandbox.process.ThreadNice;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads with a lower priority than those of requests: compilations must not slow requests down.
 * Safe to share between threads.
 */
public final class CompilerThreads implements ThreadFactory {
    /** The nice level of long-running guests. */
    static final int NICE = ThreadNice.LONG_GUEST;

    private final AtomicInteger count = new AtomicInteger();

    @Override
    public Thread newThread(Runnable work) {
        return Thread.ofPlatform()
                .name("module-compiler-" + count.getAndIncrement())
                .daemon()
                .unstarted(() -> {
                    ThreadNice.ofThisThread().set(NICE);
                    work.run();
                });
    }
}
