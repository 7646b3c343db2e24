package dev.jetway.server.program;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * Lets the programs of routes go that nobody asks for, whose modules other routes keep in memory:
 * after one round without a request, at the latest after two. Safe to share between threads.
 */
public final class IdleProgramEvictor implements AutoCloseable {
    /** Between two looks at all routes. */
    public static final Duration ROUND = Duration.ofMinutes(5);

    private final Supplier<List<ProgramSlot>> programs;
    private final Duration round;
    private final Thread thread;

    /** Does nothing before it is started. */
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
                programs.get().forEach(ProgramSlot::rest);
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
