package dev.jetway.admission;

import dev.jetway.failure.Failure;
import dev.jetway.failure.Limit;
import dev.jetway.route.TenantLimits;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Requests that wait for slots. Sites take turns, and so do the routes of a site, however many
 * requests wait there. A site or route with its maximum of guests is skipped until one of them
 * ends. Sites with long guests can use a part of the slots only, so that other sites find one at
 * once; slots are given to the two kinds alternately. The cost of a step does not depend on the
 * number of sites, routes and requests. Used under the lock of {@link Slots}.
 */
final class FairQueue {
    /** Time after its last long guest for which a site counts as slow. */
    static final Duration SLOW_FOR = Duration.ofSeconds(2);

    private final int maximum;
    private final int slowSlots;
    private final LongSupplier nanos;
    private final Deque<SiteLine> quickTurns = new ArrayDeque<>();
    private final Deque<SiteLine> slowTurns = new ArrayDeque<>();
    private final ShortRuns.Pause pause = new ShortRuns.Pause();
    private boolean slowFirst;
    private int usedSlowSlots;
    private int waiting;
    private int running;

    /**
     * An empty queue.
     *
     * @param maximum requests that wait, of all sites
     * @param slowSlots slots that slow sites may use at once
     * @param nanos the time, as {@link System#nanoTime()} gives it
     */
    FairQueue(int maximum, int slowSlots, LongSupplier nanos) {
        this.maximum = maximum;
        this.slowSlots = slowSlots;
        this.nanos = nanos;
    }

    /** The number of waiting requests. */
    int waiting() {
        return waiting;
    }

    /** The number of guests that count as running. */
    int running() {
        return running;
    }

    /** The lowest number of running guests of a site that waits for nothing but a slot. */
    OptionalInt fewestRunningOfWaitingSites() {
        return Stream.concat(quickTurns.stream(), slowTurns.stream())
                .filter(SiteLine::mayRun)
                .mapToInt(SiteLine::running)
                .min();
    }

    /** Whether a site without long guests waits, at a time, for nothing but a slot. */
    boolean hasWaitingQuickSite(long now) {
        return quickTurns.stream().anyMatch(site -> site.mayRun() && !isSlow(site, now));
    }

    /** A guest of a site has become long-running and has left its slot. */
    void startedLongRunning(SiteLine site) {
        site.longRunning++;
    }

    /** A long-running guest has ended, waits for its client, or is evicted. */
    void endedLongRunning(SiteLine site) {
        site.longRunning--;
        runsLong(site, nanos.getAsLong());
    }

    /** A guest of a site runs for long at a time. */
    void runsLong(SiteLine site, long now) {
        site.longAt = now;
        site.hasBeenLong = true;
    }

    /** Whether guests of a site have run for long lately. */
    private boolean isSlow(SiteLine site) {
        return isSlow(site, nanos.getAsLong());
    }

    private static boolean isSlow(SiteLine site, long now) {
        return site.longRunning > 0 || (site.hasBeenLong && now - site.longAt < SLOW_FOR.toNanos());
    }

    /** Whether limits and slots for slow sites allow one more guest of a route. */
    boolean hasRoom(RouteLine route) {
        return route.mayRun()
                && route.site.mayRun()
                && (usedSlowSlots < slowSlots || !isSlow(route.site));
    }

    /** The limit that stops one more request of a route from waiting, if any. */
    Optional<Limit> full(RouteLine route) {
        if (route.waiting.size() >= route.limits.waiting()) {
            return Optional.of(Limit.ROUTE_WAITING);
        }
        if (route.site.waiting >= route.site.limits.waiting()) {
            return Optional.of(Limit.SITE_WAITING);
        }
        return waiting >= maximum ? Optional.of(Limit.GUEST_QUEUE) : Optional.empty();
    }

    /** Changes the limits of a site; running guests are not ended. */
    void change(SiteLine site, TenantLimits limits) {
        site.limits = limits;
        takeTurns(site);
    }

    /** Adds a request at the end of its route's line. */
    void add(Waiting request) {
        RouteLine route = request.route();
        route.waiting.addLast(request);
        route.site.waiting++;
        waiting++;
        takeTurns(route);
    }

    /** Removes a request; false if it is not in the line any more. */
    boolean remove(Waiting request) {
        RouteLine route = request.route();
        // A request whose wait is over is the first of its line.
        boolean removed = route.waiting.remove(request);
        if (removed) {
            route.site.waiting--;
            waiting--;
        }
        return removed;
    }

    /** The next request; null if none may run. */
    @Nullable Waiting poll() {
        boolean slow = usedSlowSlots < slowSlots;
        Waiting next = slow && slowFirst ? poll(slowTurns) : poll(quickTurns);
        if (next == null && slow) {
            next = slowFirst ? poll(quickTurns) : poll(slowTurns);
        }
        slowFirst = !slowFirst;
        return next;
    }

    private @Nullable Waiting poll(Deque<SiteLine> turns) {
        for (SiteLine site = turns.poll(); site != null; site = turns.poll()) {
            site.hasTurn = false;
            RouteLine route = site.mayRun() ? site.nextRoute() : null;
            if (route != null) {
                Waiting request = route.waiting.removeFirst();
                site.waiting--;
                waiting--;
                takeTurns(route);
                return request;
            }
        }
        return null;
    }

    /**
     * Counts one more running guest of a route, in a slot.
     *
     * @return whether the slot is one of those for slow sites
     */
    boolean started(RouteLine route) {
        route.running++;
        route.site.running++;
        running++;
        boolean slow = isSlow(route.site);
        usedSlowSlots += slow ? 1 : 0;
        return slow;
    }

    /** A slot is free again. */
    void left(boolean slow) {
        usedSlowSlots -= slow ? 1 : 0;
    }

    /** Whether a guest of a route that starts now may run on the thread of its connection. */
    boolean isShort(RouteLine route, long now) {
        return route.runs.isShort() && !route.site.pause.isOn(now) && !pause.isOn(now);
    }

    /** Counts the length of a run that has ended. */
    void ran(RouteLine route, RunLength length, long now) {
        route.runs.ran(length.isLong());
        if (length.isLong() && length.held() > 0) {
            route.site.pause.extend(now, ShortRuns.SITE_PAUSE * length.busy());
            pause.extend(now, ShortRuns.SERVER_PAUSE * Math.min(length.held(), length.busy()));
        }
    }

    /** A guest of this route has ended. */
    void ended(RouteLine route) {
        route.running--;
        route.site.running--;
        running--;
        takeTurns(route);
    }

    private void takeTurns(RouteLine route) {
        SiteLine site = route.site;
        if (!route.hasTurn && route.mayRun() && !route.waiting.isEmpty()) {
            route.hasTurn = true;
            site.turns.addLast(route);
        }
        takeTurns(site);
    }

    private void takeTurns(SiteLine site) {
        if (!site.hasTurn && site.mayRun() && !site.turns.isEmpty()) {
            site.hasTurn = true;
            (isSlow(site) ? slowTurns : quickTurns).addLast(site);
        }
    }

    /** The account of a site. */
    static final class SiteLine {
        private TenantLimits limits;
        private final Deque<RouteLine> turns = new ArrayDeque<>();
        private int running;
        private int waiting;
        private boolean hasTurn;
        private int longRunning;
        private boolean hasBeenLong;
        private long longAt;
        private final ShortRuns.Pause pause = new ShortRuns.Pause();

        /** The first of the guests that can be evicted, a list by {@link Guest#next}. */
        @Nullable Guest firstGuest;

        /** The reason to evict every guest; null while guests may run. */
        @Nullable Failure closedFor;

        SiteLine(TenantLimits limits) {
            this.limits = limits;
        }

        private boolean mayRun() {
            return running < limits.running();
        }

        /** The number of running guests. */
        int running() {
            return running;
        }

        private @Nullable RouteLine nextRoute() {
            for (RouteLine route = turns.poll(); route != null; route = turns.poll()) {
                route.hasTurn = false;
                if (route.mayRun() && !route.waiting.isEmpty()) {
                    return route;
                }
            }
            return null;
        }
    }

    /** The account of a route. */
    static final class RouteLine {
        private final SiteLine site;
        private final TenantLimits limits;
        private final ShortRuns.Count runs = new ShortRuns.Count();
        private final Deque<Waiting> waiting = new ArrayDeque<>();
        private int running;
        private boolean hasTurn;

        RouteLine(SiteLine site, TenantLimits limits) {
            this.site = site;
            this.limits = limits;
        }

        SiteLine site() {
            return site;
        }

        private boolean mayRun() {
            return running < limits.running();
        }
    }

    /** A waiting request; two are never equal. */
    static final class Waiting {
        private final RouteLine route;
        private final Consumer<Slot> guest;
        private final Consumer<Failure> refused;

        Waiting(RouteLine route, Consumer<Slot> guest, Consumer<Failure> refused) {
            this.route = route;
            this.guest = guest;
            this.refused = refused;
        }

        RouteLine route() {
            return route;
        }

        Consumer<Slot> guest() {
            return guest;
        }

        Consumer<Failure> refused() {
            return refused;
        }
    }
}
