package dev.jetway.route;

import java.util.List;
import java.util.OptionalInt;

/**
 * What a route grants its guest of the network (Wagi's {@code allowed_hosts} and {@code
 * http_max_concurrency}). Kept for the host functions that will need it. Immutable.
 *
 * @param allowedHosts as written, {@code https://example.org} for one; none: no network
 * @param maxConcurrency requests at once, if limited
 */
public record OutboundHttp(List<String> allowedHosts, OptionalInt maxConcurrency) {
    /** No network. */
    public static final OutboundHttp NONE = new OutboundHttp(List.of(), OptionalInt.empty());

    /** Hosts of one route. */
    public static final int MAX_HOSTS = 1000;

    /** The range of {@link #maxConcurrency()}. */
    public static final int MAX_CONCURRENCY = 1000;

    /** Copies the list. */
    public OutboundHttp {
        allowedHosts = List.copyOf(allowedHosts);
    }
}
