package dev.jetway.admission;

import dev.jetway.admission.FairQueue.RouteLine;
import dev.jetway.admission.FairQueue.Waiting;
import dev.jetway.failure.Failure;
import dev.jetway.failure.Limit;
import dev.jetway.route.TenantLimits;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** The admission of one route's requests. Safe to share between threads. */
final class RouteAdmission implements Admission {
    private final GuestScheduler scheduler;
    private final SiteAccount site;
    private final RouteLine line;
    private final Optional<RateMeter> rate;

    RouteAdmission(GuestScheduler scheduler, SiteAccount site, TenantLimits limits) {
        this.scheduler = scheduler;
        this.site = site;
        this.line = new RouteLine(site.line(), limits);
        this.rate = limits.rate().map(r -> new RateMeter(r, scheduler::now));
    }

    @Override
    public Optional<Failure> enter() {
        Optional<Duration> wait = rate.flatMap(RateMeter::take);
        if (wait.isPresent()) {
            return Optional.of(new Failure.RateLimited(Limit.ROUTE_RATE, wait.get()));
        }
        wait = site.take();
        if (wait.isPresent()) {
            rate.ifPresent(RateMeter::giveBack);
            return Optional.of(new Failure.RateLimited(Limit.SITE_RATE, wait.get()));
        }
        return scheduler.refusal(line);
    }

    @Override
    public void admit(Consumer<Slot> guest, Consumer<Failure> refused) {
        scheduler.admit(new Waiting(line, guest, refused));
    }
}
