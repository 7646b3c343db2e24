package dev.jetway.server.metrics;

import dev.jetway.failure.Outcome;
import dev.jetway.gateway.RunRecord;
import io.prometheus.client.Counter;
import org.jspecify.annotations.Nullable;

/**
 * Counts the answers of one route. Remembers the counter of the last kind of answer: most of a
 * route's are of one. Safe to share between threads.
 */
final class RouteAnswers {
    private final Counter requests;
    private final String site;
    private final String route;
    private volatile @Nullable Kind last;

    RouteAnswers(Counter requests, String site, String route) {
        this.requests = requests;
        this.site = site;
        this.route = route;
    }

    void count(RunRecord run) {
        Kind kind = last;
        if (kind == null || kind.outcome() != run.outcome() || kind.status() != run.status()) {
            kind = kind(run);
            last = kind;
        }
        kind.counter().inc();
    }

    private Kind kind(RunRecord run) {
        String status = Integer.toString(run.status());
        return new Kind(
                run.outcome(),
                run.status(),
                requests.labels(site, route, run.outcome().label(), status));
    }

    private record Kind(Outcome outcome, int status, Counter.Child counter) {}
}
