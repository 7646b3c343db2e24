package dev.jetway.server.config.route;

import dev.jetway.base.ByteSize;
import dev.jetway.route.Site;
import dev.jetway.route.TenantLimits;
import dev.jetway.route.VolumeLimits;
import dev.jetway.sandbox.GuestLimits;
import dev.jetway.server.config.table.Key;
import dev.jetway.server.config.table.KeyValues;
import dev.jetway.server.config.table.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The limits of a site, a line each; its table adds {@code -limit} to the names. */
public final class SiteKeys {
    public static final Key<Integer> RUNNING =
            Key.count("running", 1, TenantLimits.MAX_RUNNING).or(TenantLimits.TENANT.running());
    public static final Key<Integer> WAITING =
            Key.count("waiting", 0, TenantLimits.MAX_WAITING).or(TenantLimits.TENANT.waiting());
    public static final Key<ByteSize> MEMORY =
            Key.size("memory", GuestLimits.MIN_MEMORY, RouteLimits.MAX_BYTES)
                    .or("half of `guest-memory`", _ -> Site.MAX_MEMORY);
    public static final Key<ByteSize> VOLUME_BYTES =
            Key.size("volume-bytes", new ByteSize(0), VolumeLimits.MAX_BYTES);
    public static final Key<Integer> VOLUME_FILES =
            Key.count("volume-files", 0, VolumeLimits.MAX_FILES);

    static final Key<Boolean> HTTPS_REDIRECT = Key.of("https-redirect", new Kind.Flag()).or(false);
    static final Key<Duration> HSTS = Key.time("hsts", Duration.ZERO, Site.Https.MAX_HSTS);

    /** Keys that are not limits. */
    public static final List<Key<?>> HTTPS = List.of(HTTPS_REDIRECT, HSTS);

    /** All limits, in the order of the documents. */
    public static final List<Key<?>> ALL =
            List.of(
                    RUNNING,
                    WAITING,
                    LimitKeys.RATE,
                    LimitKeys.BURST,
                    MEMORY,
                    VOLUME_BYTES,
                    VOLUME_FILES);

    /** The limits of a site without settings. */
    public static final KeyValues DEFAULTS = KeyValues.defaults(ALL, 1);

    private SiteKeys() {}

    /** The site's rules of HTTPS. */
    public static Site.Https https(KeyValues values) {
        return new Site.Https(values.get(HTTPS_REDIRECT), values.find(HSTS));
    }

    /** The site's limits for the scheduler. */
    public static TenantLimits share(KeyValues values) {
        return new TenantLimits(values.get(RUNNING), values.get(WAITING), LimitKeys.rate(values));
    }

    /** The limits of its volumes; a missing limit is the maximum of its range. */
    public static Optional<VolumeLimits> volumes(KeyValues values) {
        Optional<ByteSize> bytes = values.find(VOLUME_BYTES);
        Optional<Integer> files = values.find(VOLUME_FILES);
        return bytes.isEmpty() && files.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new VolumeLimits(
                                bytes.orElse(VolumeLimits.MAX_BYTES),
                                files.orElse(VolumeLimits.MAX_FILES)));
    }
}
