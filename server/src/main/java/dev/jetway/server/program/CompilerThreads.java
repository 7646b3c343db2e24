package dev.jetway.server.program;

import dev.jetway.sandbox.process.ThreadNice;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads of lower priority than those of requests: a module that is compiled must not slow the
 * others down. Safe to share between threads.
 */
public final class CompilerThreads implements ThreadFactory {
    /** As guests that run for long. */
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
