package dev.jetway.admission;

import dev.jetway.admission.FairQueue.RouteLine;
import dev.jetway.admission.FairQueue.Waiting;
import dev.jetway.failure.Failure;
import dev.jetway.failure.Limit;
import dev.jetway.route.TenantLimits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bounded number of slots for guests, each with a platform thread, and a bounded {@link
 * FairQueue} before them, where a request waits for a bounded time only.
 *
 * <p>A slot is for guests that come and go. A guest that waits for its client leaves its slot to
 * another, and so does a long-running one, whose thread then gets a lower priority. Of both there
 * may be a bounded number. When the server is full, the busiest site loses its longest-running
 * guest first.
 *
 * <p>{@link Slots} has the state, {@link EvictableGuests} the policy, {@link DeferredCompletions}
 * the ends of guests with lowered priority. Safe to share between threads.
 */
public final class GuestScheduler implements AutoCloseable {
    /** What a refused client is told. */
    public static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(GuestScheduler.class);

    private final SchedulerLimits limits;
    private final LongSupplier nanos;
    private final GuestThreads threads = new GuestThreads();
    private final DeferredCompletions completions = new DeferredCompletions(threads);
    private final ScheduledExecutorService timer;
    private final Slots slots;

    /** All slots are free. */
    public GuestScheduler(SchedulerLimits limits) {
        this(limits, System::nanoTime);
    }

    /**
     * All slots are free.
     *
     * @param nanos the time, as {@link System#nanoTime()} tells it
     */
    GuestScheduler(SchedulerLimits limits, LongSupplier nanos) {
        this.limits = limits;
        this.nanos = nanos;
        this.slots = new Slots(limits, nanos, this::guest);
        var scheduled =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().name("jetway-admission").daemon().factory());
        scheduled.setRemoveOnCancelPolicy(true);
        this.timer = scheduled;
        completions.start(timer);
    }

    private Guest guest(Waiting request, boolean slowSlot) {
        return new Guest(this, slots, request, slowSlot);
    }

    /** An account of a site. Nothing here holds it: it goes when the site's routes go. */
    public SiteAccount account(TenantLimits limits) {
        return new SiteAccount(limits, nanos);
    }

    /** Other limits hold for a site from now on; guests that run are not ended. */
    public void change(SiteAccount site, TenantLimits changed) {
        site.changeRate(changed);
        slots.change(site.line(), changed).forEach(this::start);
    }

    /** The admission of a route's requests, with an account of its own. */
    public Admission admission(SiteAccount site, TenantLimits share) {
        return new RouteAdmission(this, site, share);
    }

    /** Guests that wait for their clients now, without a slot. */
    public int parked() {
        return slots.parked();
    }

    /** Guests that have run for long and have left their slots. */
    public int longRunning() {
        return slots.longRunning();
    }

    /** Guests whose clients have come back, and that wait for a slot now. */
    int returning() {
        return slots.returning();
    }

    /** Guests that run now, in a slot or without; those that wait for their clients do not. */
    public int running() {
        return slots.running();
    }

    /** Requests that wait for a slot now. */
    public int waiting() {
        return slots.waiting();
    }

    /** The time of the scheduler's clock. */
    long now() {
        return nanos.getAsLong();
    }

    /** Whether guests may run on without a slot. */
    boolean hasLongRunningGuests() {
        return limits.longRunning() > 0;
    }

    /** Whether one more request of a route would be refused now. */
    Optional<Failure> refusal(RouteLine route) {
        return slots.refusal(route).map(GuestScheduler::tooManyWait);
    }

    /** Starts a guest, or has its request wait, or refuses it. */
    void admit(Waiting request) {
        switch (slots.admit(request)) {
            case Slots.Admitted.Started started -> start(started.guest());
            case Slots.Admitted.Refused refused ->
                    request.refused().accept(tooManyWait(refused.limit()));
            case Slots.Admitted.Queued _ -> {
                var _ =
                        timer.schedule(
                                () -> giveUp(request),
                                limits.patience().toMillis(),
                                TimeUnit.MILLISECONDS);
            }
        }
    }

    private void giveUp(Waiting request) {
        if (slots.giveUp(request)) {
            request.refused()
                    .accept(overloaded(Limit.ADMISSION_WAIT, "no slot for a guest in time"));
        }
    }

    /** Does what follows from a change of slots. */
    void apply(Slots.Change change, Limit limit, String reason) {
        change.eviction().ifPresent(how -> how.accept(overloaded(limit, reason)));
        change.started().forEach(this::start);
    }

    /** Has a completion run by another thread. Takes no lock. */
    void defer(BooleanSupplier completion) {
        completions.add(completion);
    }

    private void start(Guest guest) {
        try {
            threads.execute(() -> work(guest));
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            LOG.warn("no thread for a guest: {}", e.toString());
            List<Guest> others = slots.end(guest);
            guest.refuse("no thread");
            others.forEach(this::start);
        }
    }

    /** Runs guest after guest; false if the thread's priority has been lowered. */
    private boolean work(@Nullable Guest first) {
        Guest guest = first;
        while (guest != null) {
            if (!guest.run()) {
                return false;
            }
            guest = next(guest);
        }
        return true;
    }

    /** Frees the slot of a guest that has ended, and runs the next guests. */
    boolean runNext(Guest ended) {
        return work(next(ended));
    }

    private @Nullable Guest next(Guest ended) {
        List<Guest> next = slots.end(ended);
        for (int i = 1; i < next.size(); i++) {
            start(next.get(i));
        }
        return next.isEmpty() ? null : next.getFirst();
    }

    private static Failure tooManyWait(Limit limit) {
        return overloaded(limit, "too many requests wait for a slot");
    }

    static Failure overloaded(Limit limit, String reason) {
        return new Failure.Overloaded(limit, reason, RETRY_AFTER);
    }

    /** Takes no more guests and interrupts those that run. */
    @Override
    public void close() {
        timer.shutdownNow();
        threads.close();
    }
}
