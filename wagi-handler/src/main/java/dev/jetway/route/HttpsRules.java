package dev.jetway.route;

import java.time.Duration;
import java.util.Optional;

/**
 * How a site holds to HTTPS. Immutable.
 *
 * @param redirect whether a request over plain HTTP is sent to the same address over HTTPS
 * @param hsts for how long browsers shall use HTTPS only ({@code Strict-Transport-Security}, RFC
 *     6797); empty: they are not told
 */
public record HttpsRules(boolean redirect, Optional<Duration> hsts) {
    /** The longest time for browsers: two years. */
    public static final Duration MAX_HSTS = Duration.ofDays(730);

    /** Neither. */
    public static final HttpsRules NONE = new HttpsRules(false, Optional.empty());
}
