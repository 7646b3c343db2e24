package dev.jetway.route;

import dev.jetway.base.ByteSize;

/**
 * Limits of the requests of one route. Immutable; safe to share between threads.
 *
 * @param requestBody bytes of a request's body; 413 beyond
 * @param responseBody bytes of a guest's response body; beyond, the guest is ended and the
 *     connection cut
 * @param share of the server
 */
public record TrafficLimits(ByteSize requestBody, ByteSize responseBody, TenantLimits share) {
    /** 64 MiB in, 4 GiB out, and the limits of the server. */
    public static final TrafficLimits DEFAULT =
            new TrafficLimits(
                    ByteSize.ofMebibytes(64), ByteSize.ofMebibytes(4096), TenantLimits.ALL);
}
