package dev.jetway.admission;

import dev.jetway.admission.FairQueue.SiteLine;
import dev.jetway.route.TenantLimits;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The account that all routes of a site share: guests, waiting requests and a rate. Its limits can
 * change while guests run. Safe to share between threads.
 */
public final class SiteAccount {
    private final SiteLine line;
    private final LongSupplier nanos;
    private TenantLimits limits;
    private volatile Optional<RateMeter> rate;

    SiteAccount(TenantLimits limits, LongSupplier nanos) {
        this.line = new SiteLine(limits);
        this.nanos = nanos;
        this.limits = limits;
        this.rate = meter(limits);
    }

    private Optional<RateMeter> meter(TenantLimits of) {
        return of.rate().map(r -> new RateMeter(r, nanos));
    }

    SiteLine line() {
        return line;
    }

    /** Takes one request from the site's rate; or returns the time until the next is allowed. */
    Optional<Duration> take() {
        return rate.flatMap(RateMeter::take);
    }

    /** Changes the rate. An unchanged rate keeps its count. */
    synchronized void changeRate(TenantLimits changed) {
        if (!changed.rate().equals(limits.rate())) {
            rate = meter(changed);
        }
        limits = changed;
    }
}
