package dev.jetway.servlet;

import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The container's thread of one request: does work in its order until it is told that there is no
 * more. Safe to share between threads.
 */
final class ContainerThread implements Executor {
    /** The work, and empty at its end. Bounded by the callers: a body, a buffer and an end wait. */
    private final BlockingQueue<Optional<Runnable>> work = new LinkedBlockingQueue<>();

    @Override
    public void execute(Runnable next) {
        work.add(Optional.of(next));
    }

    /** Ends the thread after the work that it has. */
    void end() {
        work.add(Optional.empty());
    }

    /** Works until {@link #end}. */
    void run() throws InterruptedException {
        Optional<Runnable> next = work.take();
        while (next.isPresent()) {
            next.get().run();
            next = work.take();
        }
    }
}
