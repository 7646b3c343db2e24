package dev.jetway.server.config;

import dev.jetway.base.ByteSize;
import dev.jetway.route.TenantLimits;
import dev.jetway.route.TrafficLimits;
import dev.jetway.sandbox.GuestLimits;
import dev.jetway.sandbox.file.FileLimits;

/**
 * All limits of one route. Immutable; safe to share between threads.
 *
 * @param run what one run may use
 * @param traffic what the requests may bring, take away and occupy
 */
public record RouteLimits(GuestLimits run, TrafficLimits traffic) {
    /** The range of bodies and of standard error. */
    static final ByteSize MAX_BYTES = ByteSize.ofMebibytes(1L << 20);

    /** The limits of a route whose tables set none. */
    public static final RouteLimits DEFAULT =
            new RouteLimits(GuestLimits.DEFAULT, TrafficLimits.DEFAULT);

    /** The ends of all ranges. */
    static final RouteLimits MOST =
            new RouteLimits(
                    new GuestLimits(
                            GuestLimits.MAX_TIME,
                            GuestLimits.MAX_TIME,
                            GuestLimits.MAX_MEMORY,
                            MAX_BYTES,
                            GuestLimits.MAX_TIME,
                            FileLimits.MOST),
                    new TrafficLimits(MAX_BYTES, MAX_BYTES, TenantLimits.ALL));

    /** The same, but nowhere more than the others. */
    RouteLimits within(RouteLimits caps) {
        GuestLimits most = caps.run;
        TenantLimits share = traffic.share();
        return new RouteLimits(
                new GuestLimits(
                        least(run.wallTime(), most.wallTime()),
                        least(run.cpuTime(), most.cpuTime()),
                        least(run.memory(), most.memory()),
                        least(run.stderr(), most.stderr()),
                        least(run.clientWait(), most.clientWait()),
                        run.files().within(most.files())),
                new TrafficLimits(
                        least(traffic.requestBody(), caps.traffic.requestBody()),
                        least(traffic.responseBody(), caps.traffic.responseBody()),
                        new TenantLimits(
                                Math.min(share.running(), caps.traffic.share().running()),
                                Math.min(share.waiting(), caps.traffic.share().waiting()),
                                share.rate())));
    }

    private static <T extends Comparable<T>> T least(T one, T other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    /** The same with other limits of a run. */
    public RouteLimits withRun(GuestLimits other) {
        return new RouteLimits(other, traffic);
    }
}
