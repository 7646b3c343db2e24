package dev.jetway.cgi;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Requests that wait for places: site after site has its turn, and within a site route after route,
 * however many wait there. A site or route with as many guests as it may have is passed over until
 * one of them ends. Each step costs the same however many sites, routes and requests there are.
 * Used under the lock of its pool.
 */
final class FairQueue {
    private final int maximum;
    private final Deque<SiteLine> turns = new ArrayDeque<>();
    private int waiting;
    private int running;

    /**
     * A queue.
     *
     * @param maximum requests that wait, of all sites
     */
    FairQueue(int maximum) {
        this.maximum = maximum;
    }

    /** Requests that wait. */
    int waiting() {
        return waiting;
    }

    /** Guests that count as running. */
    int running() {
        return running;
    }

    /** Whether there is a guest to start as soon as there is a place. */
    boolean isPressing() {
        return turns.stream().anyMatch(SiteLine::mayRun);
    }

    /** The name of the limit that keeps one more request of a route from waiting, if one does. */
    Optional<String> full(RouteLine route) {
        if (route.waiting.size() >= route.share.waiting()) {
            return Optional.of("route-waiting");
        }
        if (route.site.waiting >= route.site.share.waiting()) {
            return Optional.of("site-waiting");
        }
        return waiting >= maximum ? Optional.of("guest-queue") : Optional.empty();
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

    /** The next request, counted as running from now on; null if none may run. */
    @Nullable Waiting poll() {
        for (SiteLine site = turns.poll(); site != null; site = turns.poll()) {
            site.hasTurn = false;
            RouteLine route = site.mayRun() ? site.nextRoute() : null;
            if (route != null) {
                Waiting request = route.waiting.removeFirst();
                site.waiting--;
                waiting--;
                started(route);
                takeTurns(route);
                return request;
            }
        }
        return null;
    }

    /** One more guest of a route runs. */
    void started(RouteLine route) {
        route.running++;
        route.site.running++;
        running++;
    }

    /** One guest of a route less runs. */
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
        if (!site.hasTurn && site.mayRun() && !site.turns.isEmpty()) {
            site.hasTurn = true;
            turns.addLast(site);
        }
    }

    /** What a site has of the pool. */
    static final class SiteLine {
        private final Share share;
        private final Deque<RouteLine> turns = new ArrayDeque<>();
        private int running;
        private int waiting;
        private boolean hasTurn;

        SiteLine(Share share) {
            this.share = share;
        }

        private boolean mayRun() {
            return running < share.running();
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

    /** What a route has of the pool. */
    static final class RouteLine {
        private final SiteLine site;
        private final Share share;
        private final Deque<Waiting> waiting = new ArrayDeque<>();
        private int running;
        private boolean hasTurn;

        RouteLine(SiteLine site, Share share) {
            this.site = site;
            this.share = share;
        }

        SiteLine site() {
            return site;
        }

        private boolean mayRun() {
            return running < share.running();
        }

        /** Whether one more guest may run as far as the route and its site are concerned. */
        boolean hasRoom() {
            return mayRun() && site.mayRun();
        }
    }

    /** A request that waits; two are never equal. */
    static final class Waiting {
        private final RouteLine route;
        private final Consumer<Place> guest;
        private final Consumer<Failure> refused;

        Waiting(RouteLine route, Consumer<Place> guest, Consumer<Failure> refused) {
            this.route = route;
            this.guest = guest;
            this.refused = refused;
        }

        RouteLine route() {
            return route;
        }

        Consumer<Place> guest() {
            return guest;
        }

        Consumer<Failure> refused() {
            return refused;
        }
    }
}
