package dev.jetway.sandbox;

import dev.jetway.base.ByteSize;
import dev.jetway.sandbox.host.Clocks;
import dev.jetway.sandbox.host.HostModules;
import java.security.SecureRandom;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * Runs guests, each in an instance that is new or has been reset after an earlier run of the same
 * program. Owns the watchdog thread. Safe to share between threads.
 */
public final class Sandbox implements AutoCloseable {
    /**
     * Bound for small instances that are kept for the next run of their programs, and the least
     * bound for all.
     */
    static final ByteSize KEPT = ByteSize.ofMebibytes(64);

    /** Fraction of the heap, one in so many bytes, for all kept instances. */
    static final int KEPT_PART = 16;

    private final Watchdog watchdog = new Watchdog();
    private final KeptInstances instances =
            new KeptInstances(KEPT, kept(Runtime.getRuntime().maxMemory()));
    private final SnapshotTaker snapshots = new SnapshotTaker(this);
    private final HostModules services;
    private final BooleanSupplier heapIsLow;
    private final Clocks clocks;
    private final RandomGenerator random;

    /** A sandbox with the host's clocks and randomness; the arguments are as below. */
    public Sandbox(HostModules services, BooleanSupplier heapIsLow) {
        this(services, heapIsLow, Clocks.SYSTEM, new SecureRandom());
    }

    /**
     * A sandbox.
     *
     * @param services that guests may be granted
     * @param heapIsLow whether the host has no more than a little memory for guests, see {@link
     *     dev.jetway.sandbox.memory.HeapReserve#isLow}
     * @param clocks the clocks of guests; limits are measured by the host's
     * @param random must be fit for keys and for many threads
     */
    public Sandbox(
            HostModules services,
            BooleanSupplier heapIsLow,
            Clocks clocks,
            RandomGenerator random) {
        this.services = services;
        this.heapIsLow = heapIsLow;
        this.clocks = clocks;
        this.random = random;
    }

    /** Bound for all kept instances in a heap of this size in bytes. */
    static ByteSize kept(long heap) {
        return new ByteSize(Math.max(KEPT.bytes(), heap / KEPT_PART));
    }

    /** The services that guests may be granted. */
    public HostModules services() {
        return services;
    }

    /** Prepares a run; it may be cancelled before and while it runs. */
    public GuestRun prepare(Program program, Invocation invocation) {
        return new GuestRun(this, program, invocation);
    }

    /** Drops what is kept for the next run of a program. */
    public void forget(Program program) {
        program.forget();
        program.snapshots().forget().forEach(instances::forget);
        instances.forget(program);
    }

    /**
     * Has runs of a program begin after its start-up, from snapshots that are taken in the
     * background when requests come; see {@link SnapshotTaker}.
     *
     * @param name of the program, for the log
     * @param code makes what is needed to take them, on a thread of the background
     */
    public void takeSnapshots(Program program, String name, SnapshotTaker.Code code) {
        program.snapshots()
                .begin(
                        new ProgramSnapshots.Background() {
                            @Override
                            public boolean take(Invocation invocation) {
                                return snapshots.take(program, name, invocation, code);
                            }

                            @Override
                            public boolean measure(
                                    ProgramSnapshots.Taken taken, Invocation invocation) {
                                return snapshots.measure(program, name, taken, invocation);
                            }
                        });
    }

    /**
     * Number of guests that still run more than 50 ms after they were told to end: 0 if all is
     * well.
     */
    public int overdueGuests() {
        return watchdog.overdue();
    }

    /** Number of runs that have begun with a snapshot. */
    public long snapshotRuns() {
        return snapshots.runs();
    }

    /** Bytes of all snapshots. */
    public long snapshotBytes() {
        return snapshots.bytes();
    }

    SnapshotTaker snapshots() {
        return snapshots;
    }

    Watchdog watchdog() {
        return watchdog;
    }

    KeptInstances instances() {
        return instances;
    }

    BooleanSupplier heapIsLow() {
        return heapIsLow;
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
        snapshots.close();
        watchdog.close();
    }
}
