package dev.jetway.admission;

import dev.jetway.admission.EvictableGuests.Member;
import dev.jetway.admission.FairQueue.RouteLine;
import dev.jetway.admission.FairQueue.SiteLine;
import dev.jetway.admission.FairQueue.Waiting;
import dev.jetway.failure.Failure;
import dev.jetway.failure.Limit;
import dev.jetway.sandbox.CpuClock;
import dev.jetway.sandbox.Wait;
import dev.jetway.sandbox.process.ThreadNice;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A guest from its admission to its end; two are never equal. */
final class Guest implements Slot, Member {
    /** Processor time after which a guest is long-running. */
    static final Duration LONG_CPU_TIME = Duration.ofMillis(10);

    /** Time in a slot after which a guest is long-running. */
    static final Duration LONG_IN_SLOT = Duration.ofMillis(200);

    private static final Logger LOG = LoggerFactory.getLogger(Guest.class);

    /** The states of a guest. */
    enum State {
        /** Runs in a slot. */
        IN_SLOT,
        /** Runs on without a slot. */
        LONG_RUNNING,
        /** Waits for its client, without a slot. */
        PARKED,
        /** Was long-running and is about to end. */
        EVICTED,
        /** Has ended. */
        ENDED
    }

    /**
     * The priority of a guest's thread. Not part of {@link State}, because it changes without the
     * lock: the lock's owner may need the processor that this guest keeps busy.
     */
    private enum Priority {
        /** The priority of all guests at first. */
        NORMAL,
        /** Lowered; the thread must not do work that others wait for. */
        LOWERED,
        /** Normal until the end of the run. */
        FIXED
    }

    private final GuestScheduler scheduler;
    private final Slots slots;
    private final Waiting request;
    private final AtomicReference<Priority> priority = new AtomicReference<>(Priority.NORMAL);
    private final long startedAt;
    private long ranAt;
    private @Nullable SelectorLease lease;
    private volatile boolean waited;
    private volatile RunLength length = RunLength.SHORT;
    private volatile long givenAt;
    private volatile @Nullable ThreadNice thread;
    private boolean completionDeferred;

    /** Written by {@link Slots} only. */
    volatile State state = State.IN_SLOT;

    /** Written by {@link Slots} only: when the guest got its slot, by the scheduler's clock. */
    volatile long slotSince;

    /** Used by {@link Slots} only: whether the slot is one of those for slow sites. */
    boolean slowSlot;

    /** Used by {@link Slots} only. */
    @Nullable Consumer<Failure> eviction;

    /** Whether the guest is in the list of its site's guests. */
    boolean linked;

    /** The next in that list. */
    @Nullable Guest next;

    /** The one before it in that list. */
    @Nullable Guest previous;

    Guest(GuestScheduler scheduler, Slots slots, Waiting request, boolean slowSlot) {
        this.scheduler = scheduler;
        this.slots = slots;
        this.request = request;
        this.slowSlot = slowSlot;
        this.startedAt = scheduler.now();
        this.slotSince = startedAt;
        this.givenAt = startedAt;
    }

    RouteLine route() {
        return request.route();
    }

    @Override
    public SiteLine site() {
        return route().site();
    }

    @Override
    public int runningOfSite() {
        return site().running();
    }

    @Override
    public long startedAt() {
        return startedAt;
    }

    /** Runs the guest; false if its thread must not run another guest. */
    boolean run() {
        long now = scheduler.now();
        GuestThreads.clock().begin(now);
        return run(now);
    }

    /** Runs the guest on the thread of its connection. */
    boolean run(SelectorThread own) {
        RunClock clock = GuestThreads.clock();
        clock.begin(startedAt);
        long before = clock.at(startedAt);
        lease = new SelectorLease(own, startedAt, () -> CpuClock.of(own) - before);
        return run(startedAt);
    }

    private boolean run(long now) {
        ranAt = now;
        thread = GuestThreads.nice();
        attempt(() -> request.guest().accept(this));
        if (priority.get() != Priority.FIXED && !completionDeferred) {
            complete(() -> {});
        }
        if (!completionDeferred) {
            measure();
        }
        return !completionDeferred;
    }

    /** Notes the length of the run that ends now, on its own thread. */
    private void measure() {
        long now = scheduler.now();
        long busy = GuestThreads.clock().busy(ranAt, now);
        if (busy > 0 || waited) {
            SelectorLease own = lease;
            length = new RunLength(busy, own == null ? 0 : own.held(now), waited);
        }
    }

    /**
     * Nanoseconds of the run that has ended at a time, without those for which others kept a long
     * one from running.
     */
    long busy(long now) {
        long all = now - startedAt;
        return all <= ShortRuns.SHORT.toNanos() ? all : length.busy();
    }

    /** The length of the run that has ended. */
    RunLength length() {
        return length;
    }

    private static void attempt(Runnable part) {
        try {
            part.run();
        } catch (RuntimeException | Error e) {
            log(e);
        }
    }

    /**
     * Logs a fault if memory allows it. Failures are caught: the thread and the slot stay in use.
     */
    private static void log(Throwable fault) {
        try {
            LOG.error("a guest's thread met a fault of the server", fault);
        } catch (OutOfMemoryError e) {
            return;
        }
    }

    @Override
    public void complete(Runnable completion) {
        priority.compareAndSet(Priority.NORMAL, Priority.FIXED);
        if (priority.get() == Priority.FIXED) {
            completion.run();
            return;
        }
        // Runs at a lowered priority: must not wait for a lock.
        completionDeferred = true;
        measure();
        try {
            defer(completion);
        } catch (OutOfMemoryError e) {
            // Late rather than never.
            completionDeferred = false;
            completion.run();
        }
    }

    private void defer(Runnable completion) {
        BooleanSupplier deferred =
                () -> {
                    attempt(completion);
                    return scheduler.runNext(this);
                };
        if (Thread.currentThread() instanceof SelectorThread own) {
            // While the thread has not left the connection, a response's end keeps it there.
            own.afterwards(() -> scheduler.defer(deferred));
        } else {
            scheduler.defer(deferred);
        }
    }

    /** The guest's thread is about to wait: others take over its connections first. */
    void beforeWait() {
        waited = true;
        SelectorLease own = lease;
        if (own != null) {
            leave(own, scheduler.now());
        }
    }

    private void leave(SelectorLease own, long now) {
        ThreadNice nice = thread;
        if (own.leave(now) && nice != null) {
            nice.set(ThreadNice.GUEST);
            scheduler.adopt(own.thread());
        }
    }

    @Override
    public long since() {
        return givenAt;
    }

    @Override
    public void again() {
        givenAt = scheduler.now();
        priority.set(Priority.NORMAL);
    }

    void refuse(String reason) {
        request.refused().accept(GuestScheduler.overloaded(Limit.GUEST_SLOTS, reason));
    }

    @Override
    public void onEviction(Consumer<Failure> end) {
        slots.onEviction(this, end).ifPresent(end);
    }

    @Override
    public void park(Wait wait) throws InterruptedException {
        beforeWait();
        scheduler.apply(
                slots.park(this), Limit.PARKED_GUESTS, "too many guests waited for their clients");
        boolean came = false;
        try {
            wait.await();
            came = true;
        } finally {
            slots.unpark(this, came);
        }
    }

    @Override
    public void tick(long cpuNanos) {
        SelectorLease own = lease;
        if (own != null && !own.isLeft()) {
            long now = scheduler.now();
            if (own.isDue(now)) {
                leave(own, now);
            }
            return;
        }
        if (!scheduler.hasLongRunningGuests() || !runsForLong(cpuNanos)) {
            return;
        }
        lowerPriority();
        if (state == State.IN_SLOT) {
            scheduler.apply(
                    slots.leaveForLong(this),
                    Limit.LONG_RUNNING_GUESTS,
                    "too many guests ran for long");
        }
    }

    /** In processor time: a guest that others keep from running is not long-running. */
    private boolean runsForLong(long cpuNanos) {
        return thread != null
                && (cpuNanos >= LONG_CPU_TIME.toNanos()
                        || scheduler.now() - slotSince >= LONG_IN_SLOT.toNanos());
    }

    private void lowerPriority() {
        ThreadNice own = thread;
        if (own != null && priority.compareAndSet(Priority.NORMAL, Priority.LOWERED)) {
            own.set(ThreadNice.LONG_GUEST);
        }
    }
}
