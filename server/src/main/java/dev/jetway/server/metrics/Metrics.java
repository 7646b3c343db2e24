package dev.jetway.server.metrics;

import dev.jetway.gateway.RunListener;
import dev.jetway.gateway.RunRecord;
import dev.jetway.route.Site;
import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.CounterMetricFamily;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;
import io.prometheus.client.SimpleCollector;
import io.prometheus.client.exporter.common.TextFormat;
import io.prometheus.client.hotspot.BufferPoolsExports;
import io.prometheus.client.hotspot.ClassLoadingExports;
import io.prometheus.client.hotspot.GarbageCollectorExports;
import io.prometheus.client.hotspot.MemoryAllocationExports;
import io.prometheus.client.hotspot.MemoryPoolsExports;
import io.prometheus.client.hotspot.StandardExports;
import io.prometheus.client.hotspot.VersionInfoExports;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;

/**
 * The metrics for Prometheus. Labels are sites, route patterns, outcomes and limits: their number
 * is bounded by the configuration, never by clients. Safe to share between threads.
 */
public final class Metrics implements RunListener {
    /** The media type of {@link #text()}. */
    public static final String CONTENT_TYPE = TextFormat.CONTENT_TYPE_004;

    private static final double[] SECONDS = {
        0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5,
        10, 30
    };
    private static final double[] MICROSECONDS = {
        0.000_002, 0.000_005, 0.000_01, 0.000_02, 0.000_05, 0.000_1, 0.000_2, 0.000_5, 0.001, 0.01,
        0.1, 1
    };
    private static final String NO_ROUTE = "none";

    private final CollectorRegistry registry = new CollectorRegistry();
    private final Counter requests =
            Counter.build("jetway_requests_total", "Requests by site, route, outcome and status.")
                    .labelNames("site", "route", "outcome", "status")
                    .register(registry);
    private final Histogram duration =
            Histogram.build("jetway_request_duration_seconds", "Arrival to the end of the guest.")
                    .labelNames("site", "route")
                    .withoutExemplars()
                    .buckets(SECONDS)
                    .register(registry);
    private final Histogram start =
            Histogram.build(
                            "jetway_guest_start_seconds",
                            "From a guest's admission to its first instruction.")
                    .labelNames("site", "route")
                    .withoutExemplars()
                    .buckets(MICROSECONDS)
                    .register(registry);
    private final Histogram guest =
            Histogram.build("jetway_guest_duration_seconds", "How long guests ran.")
                    .labelNames("site", "route")
                    .withoutExemplars()
                    .buckets(SECONDS)
                    .register(registry);
    private final Counter bytesIn =
            Counter.build("jetway_request_body_bytes_total", "Bytes of request bodies.")
                    .labelNames("site", "route")
                    .register(registry);
    private final Counter bytesOut =
            Counter.build("jetway_response_body_bytes_total", "Bytes of bodies that guests wrote.")
                    .labelNames("site", "route")
                    .register(registry);

    private final Counter cpu =
            Counter.build("jetway_guest_cpu_seconds_total", "How long guests had a processor.")
                    .labelNames("site", "route")
                    .register(registry);
    private final Counter limits =
            Counter.build("jetway_limit_hits_total", "Requests that hit a limit, by its name.")
                    .labelNames("site", "limit")
                    .register(registry);

    /** Cache of the children: a look-up of each for each request would cost more than counting. */
    private final Map<Labels, RouteMetrics> routes = new ConcurrentHashMap<>();

    /**
     * Registers the JVM's own metrics too, except those of threads: they look for deadlocks at each
     * scrape, which stops all threads.
     */
    public Metrics() {
        new StandardExports().register(registry);
        new MemoryPoolsExports().register(registry);
        new MemoryAllocationExports().register(registry);
        new BufferPoolsExports().register(registry);
        new GarbageCollectorExports().register(registry);
        new ClassLoadingExports().register(registry);
        new VersionInfoExports().register(registry);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        gauge("jvm_threads_current", "Threads of the JVM.", threads::getThreadCount);
        gauge("jvm_threads_peak", "The most threads so far.", threads::getPeakThreadCount);
    }

    /** Adds a gauge that is read at each scrape. */
    public void gauge(String name, String help, DoubleSupplier value) {
        Gauge.build(name, help)
                .create()
                .setChild(
                        new Gauge.Child() {
                            @Override
                            public double get() {
                                return value.getAsDouble();
                            }
                        })
                .<Collector>register(registry);
    }

    /** Adds a counter with an external value, read at each scrape. */
    public void counter(String name, String help, DoubleSupplier value) {
        new Collector() {
            @Override
            public List<MetricFamilySamples> collect() {
                return List.of(new CounterMetricFamily(name, help, value.getAsDouble()));
            }
        }.register(registry);
    }

    @Override
    public void ended(RunRecord record) {
        String route = record.route().map(Object::toString).orElse(NO_ROUTE);
        String site = record.site().map(Site::name).orElse(NO_ROUTE);
        record.limits().forEach(limit -> limits.labels(site, limit.label()).inc());
        routes.computeIfAbsent(new Labels(site, route), this::routeMetrics).add(record);
    }

    private RouteMetrics routeMetrics(Labels labels) {
        String site = labels.site();
        String route = labels.route();
        return new RouteMetrics(
                new RouteAnswers(requests, site, route),
                duration.labels(site, route),
                start.labels(site, route),
                guest.labels(site, route),
                cpu.labels(site, route),
                bytesIn.labels(site, route),
                bytesOut.labels(site, route));
    }

    private record Labels(String site, String route) {}

    /** Removes the figures of all other sites. */
    public void keepOnly(Set<String> sites) {
        routes.keySet().removeIf(labels -> isGone(labels.site(), sites));
        forget(requests, 4, sites);
        List.of(duration, start, guest, bytesIn, bytesOut, cpu, limits)
                .forEach(collector -> forget(collector, 2, sites));
    }

    /**
     * Removes samples of a collector. Only the first labels are its own: a bucket has its bound as
     * another label.
     */
    private static void forget(SimpleCollector<?> collector, int labels, Set<String> sites) {
        collector.collect().stream()
                .flatMap(family -> family.samples.stream())
                .filter(sample -> isGone(sample.labelValues.getFirst(), sites))
                .map(sample -> sample.labelValues.subList(0, labels).toArray(String[]::new))
                .forEach(collector::remove);
    }

    private static boolean isGone(String site, Set<String> sites) {
        return !site.equals(NO_ROUTE) && !sites.contains(site);
    }

    /** All metrics in the text format 0.0.4. */
    public String text() {
        var out = new StringWriter();
        try {
            TextFormat.write004(out, registry.metricFamilySamples());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }
}
