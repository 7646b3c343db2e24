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
 * Requests that wait for slots: site after site has its turn, and within a site route after route,
 * however many wait there. A site or route with as many guests as it may have is passed over until
 * one of them ends. Sites whose guests run for long have a part of the slots only, so that the
 * others find one at once; whose turn the next slot is changes between the two. Each step costs the
 * same however many sites, routes and requests there are. Used under the lock of {@link Slots}.
 */
final class FairQueue {
    /** For how long after its last long guest a site counts as one that has them. */
    static final Duration SLOW_FOR = Duration.ofSeconds(2);

    private final int maximum;
    private final int slowPlaces;
    private final LongSupplier nanos;
    private final Deque<SiteLine> quickTurns = new ArrayDeque<>();
    private final Deque<SiteLine> slowTurns = new ArrayDeque<>();
    private boolean slowFirst;
    private int slowPlaced;
    private int waiting;
    private int running;

    /**
     * An empty queue.
     *
     * @param maximum requests that wait, of all sites
     * @param slowPlaces slots that sites with long guests may have at once
     * @param nanos the time, as {@link System#nanoTime()} tells it
     */
    FairQueue(int maximum, int slowPlaces, LongSupplier nanos) {
        this.maximum = maximum;
        this.slowPlaces = slowPlaces;
        this.nanos = nanos;
    }

    /** Requests that wait. */
    int waiting() {
        return waiting;
    }

    /** Guests that count as running. */
    int running() {
        return running;
    }

    /** The fewest guests that run of a site that waits for a slot and nothing else. */
    OptionalInt fewestOfThoseThatWait() {
        return Stream.concat(quickTurns.stream(), slowTurns.stream())
                .filter(SiteLine::mayRun)
                .mapToInt(SiteLine::running)
                .min();
    }

    /** Whether a site waits for a slot and nothing else whose guests do not run for long. */
    boolean quickSiteWaits() {
        return quickTurns.stream().anyMatch(site -> site.mayRun() && !isSlow(site));
    }

    /** A guest of a site is long-running: it has left its slot and runs on. */
    void startedLongRunning(SiteLine site) {
        site.longRunning++;
    }

    /** A long-running guest has ended, waits for its client, or is evicted. */
    void endedLongRunning(SiteLine site) {
        site.longRunning--;
        runsLong(site);
    }

    /** A guest of a site has just been found to run for long. */
    void runsLong(SiteLine site) {
        site.longAt = nanos.getAsLong();
        site.hasBeenLong = true;
    }

    /** Whether guests of a site have run for long lately. */
    private boolean isSlow(SiteLine site) {
        return site.longRunning > 0
                || (site.hasBeenLong && nanos.getAsLong() - site.longAt < SLOW_FOR.toNanos());
    }

    /** Whether one more guest of a route may run if there is a slot. */
    boolean hasRoom(RouteLine route) {
        return route.mayRun()
                && route.site.mayRun()
                && (slowPlaced < slowPlaces || !isSlow(route.site));
    }

    /** The limit that keeps one more request of a route from waiting, if one does. */
    Optional<Limit> full(RouteLine route) {
        if (route.waiting.size() >= route.share.waiting()) {
            return Optional.of(Limit.ROUTE_WAITING);
        }
        if (route.site.waiting >= route.site.share.waiting()) {
            return Optional.of(Limit.SITE_WAITING);
        }
        return waiting >= maximum ? Optional.of(Limit.GUEST_QUEUE) : Optional.empty();
    }

    /** Other limits hold for a site from now on; guests that run are not ended. */
    void change(SiteLine site, TenantLimits share) {
        site.share = share;
        takeTurns(site);
    }

    /** At the end of its route's line. */
    void add(Waiting request) {
        RouteLine route = request.route();
        route.waiting.addLast(request);
        route.site.waiting++;
        waiting++;
        takeTurns(route);
    }

    /** Takes a request out of its line; false if it is not there any more. */
    boolean remove(Waiting request) {
        RouteLine route = request.route();
        // Who waits too long is the first of its line.
        boolean removed = route.waiting.remove(request);
        if (removed) {
            route.site.waiting--;
            waiting--;
        }
        return removed;
    }

    /** The next request; null if none may run. */
    @Nullable Waiting poll() {
        boolean slow = slowPlaced < slowPlaces;
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
     * One more guest of a route runs, in a slot.
     *
     * @return whether the slot is one of those for sites with long guests
     */
    boolean started(RouteLine route) {
        route.running++;
        route.site.running++;
        running++;
        boolean slow = isSlow(route.site);
        slowPlaced += slow ? 1 : 0;
        return slow;
    }

    /** A slot has been left. */
    void left(boolean slow) {
        slowPlaced -= slow ? 1 : 0;
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
        private TenantLimits share;
        private final Deque<RouteLine> turns = new ArrayDeque<>();
        private int running;
        private int waiting;
        private boolean hasTurn;
        private int longRunning;
        private boolean hasBeenLong;
        private long longAt;

        SiteLine(TenantLimits share) {
            this.share = share;
        }

        private boolean mayRun() {
            return running < share.running();
        }

        /** Guests that run. */
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
        private final TenantLimits share;
        private final Deque<Waiting> waiting = new ArrayDeque<>();
        private int running;
        private boolean hasTurn;

        RouteLine(SiteLine site, TenantLimits share) {
            this.site = site;
            this.share = share;
        }

        SiteLine site() {
            return site;
        }

        private boolean mayRun() {
            return running < share.running();
        }
    }

    /** A request that waits; two are never equal. */
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
