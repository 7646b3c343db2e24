package dev.jetway.admission;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.jetway.admission.EvictableGuests.WaitingSites;
import dev.jetway.admission.FairQueue.RouteLine;
import dev.jetway.admission.FairQueue.SiteLine;
import dev.jetway.admission.FairQueue.Waiting;
import dev.jetway.failure.Failure;
import dev.jetway.failure.Limit;
import dev.jetway.route.TenantLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Who has a slot, who runs or waits without one, and who waits for one: all of it under one lock,
 * which is held for a few steps only. What follows from a change is done outside, by the caller.
 * Safe to share between threads.
 */
final class Slots {
    /**
     * What follows from a change.
     *
     * @param started guests that have been given slots
     * @param eviction how a guest is told that it is evicted, if one is
     */
    record Change(List<Guest> started, Optional<Consumer<Failure>> eviction) {
        /** Nothing follows. */
        static final Change NONE = new Change(List.of(), Optional.empty());
    }

    private final LongSupplier nanos;
    private final BiFunction<Waiting, Boolean, Guest> guests;

    @GuardedBy("this")
    private final FairQueue queue;

    @GuardedBy("this")
    private final EvictableGuests<Guest> parked;

    @GuardedBy("this")
    private final EvictableGuests<Guest> longRunning;

    @GuardedBy("this")
    private int free;

    @GuardedBy("this")
    private int returning;

    /**
     * All slots are free.
     *
     * @param guests makes the guest of a request; with true it has a slot of those for sites with
     *     long-running guests
     */
    Slots(SchedulerLimits limits, LongSupplier nanos, BiFunction<Waiting, Boolean, Guest> guests) {
        this.nanos = nanos;
        this.guests = guests;
        this.queue = new FairQueue(limits.waiting(), Math.max(1, limits.places() / 2), nanos);
        this.parked = new EvictableGuests<>(limits.parked());
        this.longRunning = new EvictableGuests<>(limits.longRunning());
        this.free = limits.places();
    }

    synchronized int parked() {
        return parked.size();
    }

    synchronized int longRunning() {
        return longRunning.size();
    }

    /** Guests whose clients have come back, and that wait for a slot. */
    synchronized int returning() {
        return returning;
    }

    synchronized int running() {
        return queue.running();
    }

    synchronized int waiting() {
        return queue.waiting();
    }

    /** The name of the limit that would refuse one more request of a route now. */
    synchronized Optional<Limit> refusal(RouteLine route) {
        return hasSlot(route) ? Optional.empty() : queue.full(route);
    }

    /** What has become of a request. */
    sealed interface Admitted {
        /** A guest that has a slot. */
        record Started(Guest guest) implements Admitted {}

        /** In the queue. */
        record Queued() implements Admitted {}

        /** Refused by a limit. */
        record Refused(Limit limit) implements Admitted {}
    }

    synchronized Admitted admit(Waiting request) {
        RouteLine route = request.route();
        if (hasSlot(route)) {
            free--;
            return new Admitted.Started(guests.apply(request, queue.started(route)));
        }
        Optional<Limit> limit = queue.full(route);
        if (limit.isPresent()) {
            return new Admitted.Refused(limit.get());
        }
        queue.add(request);
        return new Admitted.Queued();
    }

    /** Other limits hold for a site from now on; the result has been given slots. */
    synchronized List<Guest> change(SiteLine site, TenantLimits share) {
        queue.change(site, share);
        return dispatch();
    }

    /** Takes a request out of the queue; false if it is not there any more. */
    synchronized boolean giveUp(Waiting request) {
        return queue.remove(request);
    }

    @GuardedBy("this")
    private boolean hasSlot(RouteLine route) {
        return free > returning && queue.hasRoom(route);
    }

    /** Gives free slots away: to guests that come back first, then to the queue. */
    @GuardedBy("this")
    private List<Guest> dispatch() {
        var started = new ArrayList<Guest>(1);
        while (free > returning) {
            Waiting next = queue.poll();
            if (next == null) {
                break;
            }
            free--;
            started.add(guests.apply(next, queue.started(next.route())));
        }
        return started;
    }

    /** On OutOfMemoryError nothing is dispatched; the slot stays free. */
    @GuardedBy("this")
    private List<Guest> dispatchIfPossible() {
        try {
            return dispatch();
        } catch (OutOfMemoryError e) {
            return List.of();
        }
    }

    /** How a guest is told that it is evicted; empty: it cannot be. */
    synchronized void onEviction(Guest guest, Consumer<Failure> how) {
        guest.eviction = how;
    }

    /** The guest has ended. */
    synchronized List<Guest> end(Guest guest) {
        queue.ended(guest.route());
        leave(guest, Guest.State.ENDED);
        guest.eviction = null;
        return dispatchIfPossible();
    }

    /** The guest begins to wait for its client. One more than may wait evicts another. */
    synchronized Change park(Guest guest) {
        Optional<Guest> evicted =
                parked.hasRoom() ? Optional.empty() : parked.longestOfTheLargestSite();
        evicted.ifPresent(parked::remove);
        parked.add(guest);
        queue.ended(guest.route());
        leave(guest, Guest.State.PARKED);
        return new Change(dispatch(), evicted.map(g -> g.eviction));
    }

    /**
     * The guest takes a slot before any new guest does.
     *
     * @param patient false if it is about to end: it takes a slot that is not there, not to wait
     */
    synchronized void unpark(Guest guest, boolean patient) throws InterruptedException {
        returning++;
        try {
            while (patient && free <= 0) {
                wait();
            }
        } finally {
            free--;
            returning--;
            guest.state = Guest.State.IN_SLOT;
            guest.slotSince = nanos.getAsLong();
            var _ = parked.remove(guest);
            guest.slowSlot = queue.started(guest.route());
        }
    }

    /** The guest has run for long: it gives up its slot if one more may run without. */
    synchronized Change leaveForLong(Guest guest) {
        // It may have ended, or be waiting for its client, meanwhile.
        if (guest.eviction == null || guest.state != Guest.State.IN_SLOT) {
            return Change.NONE;
        }
        queue.runsLong(guest.site());
        Optional<Guest> evicted =
                longRunning.hasRoom()
                        ? Optional.empty()
                        : longRunning.evictedFor(
                                new WaitingSites(
                                        queue.fewestOfThoseThatWait(), queue.quickSiteWaits()),
                                nanos.getAsLong());
        Optional<Consumer<Failure>> how = evicted.map(g -> g.eviction);
        evicted.ifPresent(g -> leave(g, Guest.State.EVICTED));
        if (!longRunning.hasRoom()) {
            return new Change(List.of(), how);
        }
        leave(guest, Guest.State.LONG_RUNNING);
        longRunning.add(guest);
        queue.startedLongRunning(guest.site());
        return new Change(dispatch(), how);
    }

    /** Out of its slot, or out of the long-running guests. */
    @GuardedBy("this")
    private void leave(Guest guest, Guest.State next) {
        if (longRunning.remove(guest)) {
            queue.endedLongRunning(guest.site());
        }
        if (guest.state == Guest.State.IN_SLOT) {
            queue.left(guest.slowSlot);
            free++;
            notify();
        }
        guest.state = next;
    }
}
