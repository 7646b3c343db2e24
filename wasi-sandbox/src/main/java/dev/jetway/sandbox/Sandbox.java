package dev.jetway.sandbox;

/**
 * Where guests run: one fresh instance a run. Owns the watchdog thread. Safe to share between
 * threads.
 */
public final class Sandbox implements AutoCloseable {
    private final Watchdog watchdog = new Watchdog();

    /** A run that has not begun; it may be cancelled before and while it runs. */
    public GuestRun prepare(Program program, Invocation invocation) {
        return new GuestRun(watchdog, program, invocation);
    }

    /** Stops the watchdog; guests still running lose their limits, so stop them first. */
    @Override
    public void close() {
        watchdog.close();
    }
}
