package dev.jetway.sandbox;

import dev.jetway.base.ByteSize;
import dev.jetway.sandbox.wasi.Clocks;
import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/**
 * Where guests run: one instance a run, fresh or as it was when fresh, which an earlier run of the
 * same program may have had. Owns the watchdog thread. Safe to share between threads.
 */
public final class Sandbox implements AutoCloseable {
    /** Instances that wait for the next run of their programs. */
    static final ByteSize KEPT = ByteSize.ofMebibytes(64);

    private final Watchdog watchdog = new Watchdog();
    private final KeptInstances instances = new KeptInstances(KEPT);
    private final Clocks clocks;
    private final RandomGenerator random;

    /** With the host's clocks and randomness. */
    public Sandbox() {
        this(Clocks.SYSTEM, new SecureRandom());
    }

    /**
     * A sandbox.
     *
     * @param clocks what guests see; limits are measured by the host's own
     * @param random must be fit for keys and for many threads
     */
    public Sandbox(Clocks clocks, RandomGenerator random) {
        this.clocks = clocks;
        this.random = random;
    }

    /** A run that has not begun; it may be cancelled before and while it runs. */
    public GuestRun prepare(Program program, Invocation invocation) {
        return new GuestRun(this, program, invocation);
    }

    /** Lets go of what was kept for the next run of a program; none is expected. */
    public void forget(Program program) {
        instances.forget(program);
    }

    /** Guests that were told to end more than 50 ms ago and still run: 0 if all is well. */
    public int overdueGuests() {
        return watchdog.overdue();
    }

    Watchdog watchdog() {
        return watchdog;
    }

    KeptInstances instances() {
        return instances;
    }

    Clocks clocks() {
        return clocks;
    }

    RandomGenerator random() {
        return random;
    }

    /** Stops the watchdog; guests still running lose their limits, so stop them first. */
    @Override
    public void close() {
        watchdog.close();
    }
}
