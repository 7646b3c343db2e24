package dev.jetway.server.metrics;

import dev.jetway.gateway.RunRecord;
import io.prometheus.client.Counter;
import io.prometheus.client.Histogram;
import java.time.Duration;

/** The metrics of one route. Safe to share between threads. */
record RouteMetrics(
        RouteAnswers answers,
        Histogram.Child duration,
        Histogram.Child start,
        Histogram.Child guest,
        Counter.Child cpu,
        Counter.Child bytesIn,
        Counter.Child bytesOut) {
    private static final double NANOS = 1e9;

    void add(RunRecord run) {
        answers.count(run);
        duration.observe(seconds(run.duration()));
        if (run.startTime().isPositive()) {
            start.observe(seconds(run.startTime()));
        }
        if (run.guestTime().isPositive()) {
            guest.observe(seconds(run.guestTime()));
            cpu.inc(seconds(run.cpuTime()));
        }
        bytesIn.inc((double) run.bodyIn());
        bytesOut.inc((double) run.bodyOut());
    }

    private static double seconds(Duration time) {
        return time.toNanos() / NANOS;
    }
}
