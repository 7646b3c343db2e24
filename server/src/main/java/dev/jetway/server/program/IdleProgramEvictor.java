package dev.jetway.server.program;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * Evicts programs without requests, even if other routes keep their modules in memory: one round
 * after the last request, or two at most. Safe to share between threads.
 */
public final class IdleProgramEvictor implements AutoCloseable {
    /** Time between two rounds. */
    public static final Duration ROUND = Duration.ofMinutes(5);

    private final Supplier<List<ProgramSlot>> programs;
    private final Duration round;
    private final Thread thread;

    /** An evictor that has not been started. */
    public IdleProgramEvictor(Supplier<List<ProgramSlot>> programs, Duration round) {
        this.programs = programs;
        this.round = round;
        this.thread = Thread.ofVirtual().name("jetway-idle-programs").unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(round);
                programs.get().forEach(ProgramSlot::evictIfUnused);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
