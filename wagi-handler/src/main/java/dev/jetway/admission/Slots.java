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
import org.jspecify.annotations.Nullable;

/**
 * The state of all guests: which have a slot, run without one, or wait for one. All of it is
 * guarded by one lock, held for a few steps; callers carry out a {@link Change} outside of it. Safe
 * to share between threads.
 */
final class Slots {
    /**
     * The consequences of a change.
     *
     * @param started guests that have got slots
     * @param eviction ends the evicted guest, if there is one
     */
    record Change(List<Guest> started, Optional<Consumer<Failure>> eviction) {
        /** No consequences. */
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
     * A state in which all slots are free.
     *
     * @param guests creates the guest of a request; with true its slot is one of those for slow
     *     sites
     */
    Slots(SchedulerLimits limits, LongSupplier nanos, BiFunction<Waiting, Boolean, Guest> guests) {
        this.nanos = nanos;
        this.guests = guests;
        this.queue = new FairQueue(limits.waiting(), Math.max(1, limits.slots() / 2), nanos);
        this.parked = new EvictableGuests<>(limits.parked());
        this.longRunning = new EvictableGuests<>(limits.longRunning());
        this.free = limits.slots();
    }

    synchronized int parked() {
        return parked.size();
    }

    synchronized int longRunning() {
        return longRunning.size();
    }

    /** Guests whose clients have answered and that wait for a slot again. */
    synchronized int returning() {
        return returning;
    }

    synchronized int running() {
        return queue.running();
    }

    synchronized int waiting() {
        return queue.waiting();
    }

    /** The limit that would refuse one more request of a route now. */
    synchronized Optional<Limit> refusal(RouteLine route) {
        return hasSlot(route) ? Optional.empty() : queue.full(route);
    }

    /** The result of an admission. */
    sealed interface Admitted {
        /**
         * A guest that has a slot.
         *
         * @param isShort whether it may run on the thread of its connection
         */
        record Started(Guest guest, boolean isShort) implements Admitted {}

        /** The request is in the queue. */
        record Queued() implements Admitted {}

        /** Refused by a limit. */
        record Refused(Limit limit) implements Admitted {}
    }

    synchronized Admitted admit(Waiting request) {
        RouteLine route = request.route();
        if (hasSlot(route)) {
            free--;
            Guest guest = guests.apply(request, queue.started(route));
            return new Admitted.Started(guest, queue.isShort(route, guest.startedAt()));
        }
        Optional<Limit> limit = queue.full(route);
        if (limit.isPresent()) {
            return new Admitted.Refused(limit.get());
        }
        queue.add(request);
        return new Admitted.Queued();
    }

    /** Changes the limits of a site and returns the guests that have got slots by it. */
    synchronized List<Guest> change(SiteLine site, TenantLimits limits) {
        queue.change(site, limits);
        return dispatch();
    }

    /** Removes a request from the queue; false if it is not there any more. */
    synchronized boolean giveUp(Waiting request) {
        return queue.remove(request);
    }

    @GuardedBy("this")
    private boolean hasSlot(RouteLine route) {
        return free > returning && queue.hasRoom(route);
    }

    /** Assigns free slots: to returning guests first, then to the queue. */
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

    /**
     * Makes a guest evictable.
     *
     * @return the reason to evict it now, if its site is closed
     */
    synchronized Optional<Failure> onEviction(Guest guest, Consumer<Failure> end) {
        guest.eviction = end;
        link(guest);
        return Optional.ofNullable(guest.site().closedFor);
    }

    /**
     * Closes a site, or opens it again.
     *
     * @param reason null opens it
     * @return ends the guests that a closed site has now
     */
    synchronized List<Consumer<Failure>> close(SiteLine site, @Nullable Failure reason) {
        site.closedFor = reason;
        var ends = new ArrayList<Consumer<Failure>>();
        for (Guest g = reason == null ? null : site.firstGuest; g != null; g = g.next) {
            if (g.eviction != null) {
                ends.add(g.eviction);
            }
        }
        return ends;
    }

    /** Adds a guest to the list of its site, once. */
    private static void link(Guest guest) {
        if (guest.linked) {
            return;
        }
        SiteLine site = guest.site();
        guest.linked = true;
        guest.next = site.firstGuest;
        if (guest.next != null) {
            guest.next.previous = guest;
        }
        site.firstGuest = guest;
    }

    /** Takes a guest out of the list of its site. */
    private static void unlink(Guest guest) {
        if (!guest.linked) {
            return;
        }
        guest.linked = false;
        if (guest.next != null) {
            guest.next.previous = guest.previous;
        }
        if (guest.previous == null) {
            guest.site().firstGuest = guest.next;
        } else {
            guest.previous.next = guest.next;
        }
        guest.next = null;
        guest.previous = null;
    }

    /** Frees the slot of a guest that has not run. */
    synchronized List<Guest> end(Guest guest) {
        queue.ended(guest.route());
        leave(guest, Guest.State.ENDED);
        guest.eviction = null;
        unlink(guest);
        return dispatchIfPossible();
    }

    /**
     * Frees the slot of a guest that has run.
     *
     * @param now the time of the scheduler's clock
     */
    synchronized List<Guest> end(Guest guest, RunLength length, long now) {
        queue.ran(guest.route(), length, now);
        return end(guest);
    }

    /**
     * Frees the slot of a guest that begins to wait for its client. If too many wait, one of them
     * is evicted.
     */
    synchronized Change park(Guest guest) {
        Optional<Guest> evicted =
                parked.hasRoom() ? Optional.empty() : parked.longestOfLargestSite();
        evicted.ifPresent(parked::remove);
        parked.add(guest);
        queue.ended(guest.route());
        leave(guest, Guest.State.PARKED);
        return new Change(dispatch(), evicted.map(g -> g.eviction));
    }

    /**
     * Returns a guest to a slot, before any new guest.
     *
     * @param waits whether to wait for a free slot; false for a guest that is about to end
     */
    synchronized void unpark(Guest guest, boolean waits) throws InterruptedException {
        returning++;
        try {
            while (waits && free <= 0) {
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

    /** Lets a long-running guest leave its slot, if the number of such guests allows it. */
    synchronized Change leaveForLong(Guest guest) {
        // The guest may have ended or been parked meanwhile.
        if (guest.eviction == null || guest.state != Guest.State.IN_SLOT) {
            return Change.NONE;
        }
        long now = nanos.getAsLong();
        queue.runsLong(guest.site(), now);
        Optional<Guest> evicted =
                longRunning.hasRoom()
                        ? Optional.empty()
                        : longRunning.evictedFor(
                                new WaitingSites(
                                        queue.fewestRunningOfWaitingSites(),
                                        queue.hasWaitingQuickSite(now)),
                                now);
        Optional<Consumer<Failure>> eviction = evicted.map(g -> g.eviction);
        evicted.ifPresent(g -> leave(g, Guest.State.EVICTED));
        if (!longRunning.hasRoom()) {
            return new Change(List.of(), eviction);
        }
        leave(guest, Guest.State.LONG_RUNNING);
        longRunning.add(guest);
        queue.startedLongRunning(guest.site());
        return new Change(dispatch(), eviction);
    }

    /** Removes a guest from its slot or from the long-running guests. */
    @GuardedBy("this")
    private void leave(Guest guest, Guest.State next) {
        if (longRunning.remove(guest)) {
            queue.endedLongRunning(guest.site());
        }
        if (guest.state == Guest.State.IN_SLOT) {
            queue.left(guest.slowSlot);
            free++;
            if (returning > 0) {
                notify();
            }
        }
        guest.state = next;
    }
}
