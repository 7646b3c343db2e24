package dev.jetway.admission;

import dev.jetway.admission.FairQueue.SiteLine;
import dev.jetway.route.TenantLimits;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What all routes of a site together have of the scheduler: guests, requests that wait, and a rate.
 * Its limits can change while guests run. Safe to share between threads.
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

    /** Takes one request from the site's rate; or says after which time there will be one. */
    Optional<Duration> take() {
        return rate.flatMap(RateMeter::take);
    }

    /** A rate that stays the same keeps what has been taken from it. */
    synchronized void changeRate(TenantLimits changed) {
        if (!changed.rate().equals(limits.rate())) {
            rate = meter(changed);
        }
        limits = changed;
    }
}
