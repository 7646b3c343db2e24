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
 * FairQueue} in front of them, where a request waits for a bounded time.
 *
 * <p>Slots are for short runs. A guest that waits for its client frees its slot, and so does a
 * long-running one, whose thread then runs at a lower priority. The number of each is bounded. When
 * the server is full, the busiest site loses its longest-running guest first.
 *
 * <p>{@link Slots} has the state, {@link EvictableGuests} the policy, {@link DeferredCompletions}
 * the completions of guests with lowered priority. Safe to share between threads.
 */
public final class GuestScheduler implements AutoCloseable {
    /** Value of {@code Retry-After} for refused requests. */
    public static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(GuestScheduler.class);

    private final SchedulerLimits limits;
    private final LongSupplier nanos;
    private final GuestThreads threads = new GuestThreads();
    private final DeferredCompletions completions;
    private final ScheduledExecutorService timer;
    private final Slots slots;

    /** A scheduler whose slots are free. */
    public GuestScheduler(SchedulerLimits limits) {
        this(limits, System::nanoTime);
    }

    /**
     * A scheduler whose slots are free.
     *
     * @param nanos the time, as {@link System#nanoTime()} gives it
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
        this.completions = new DeferredCompletions(threads::execute);
    }

    private Guest guest(Waiting request, boolean slowSlot) {
        return new Guest(this, slots, request, slowSlot);
    }

    /**
     * A new account for a site. The scheduler does not keep it: it is collected with the site's
     * routes.
     */
    public SiteAccount account(TenantLimits limits) {
        return new SiteAccount(limits, nanos);
    }

    /** Changes the limits of a site; running guests are not ended. */
    public void change(SiteAccount site, TenantLimits changed) {
        site.changeRate(changed);
        slots.change(site.line(), changed).forEach(this::start);
    }

    /** Ends the guests of a site, and those that start before it is opened again. */
    public void close(SiteAccount site, Failure reason) {
        slots.close(site.line(), reason).forEach(end -> end.accept(reason));
    }

    /** Lets guests of a site run that has been closed. */
    public void open(SiteAccount site) {
        var _ = slots.close(site.line(), null);
    }

    /** The admission of a route's requests, with an account of its own. */
    public Admission admission(SiteAccount site, TenantLimits limits) {
        return new RouteAdmission(this, site, limits);
    }

    /** The number of guests that wait for their clients, without a slot. */
    public int parked() {
        return slots.parked();
    }

    /** The number of long-running guests, which have left their slots. */
    public int longRunning() {
        return slots.longRunning();
    }

    /** The number of guests whose clients have answered and that wait for a slot again. */
    int returning() {
        return slots.returning();
    }

    /**
     * The number of running guests, in a slot or without; guests that wait for their clients are
     * not counted.
     */
    public int running() {
        return slots.running();
    }

    /** The number of requests that wait for a slot. */
    public int waiting() {
        return slots.waiting();
    }

    /** The time of the scheduler's clock. */
    long now() {
        return nanos.getAsLong();
    }

    /** Whether guests may run without a slot. */
    boolean hasLongRunningGuests() {
        return limits.longRunning() > 0;
    }

    /** The failure of one more request of a route, if it would be refused now. */
    Optional<Failure> refusal(RouteLine route) {
        return slots.refusal(route).map(GuestScheduler::tooManyWait);
    }

    /** Starts a guest, queues its request, or refuses it. */
    void admit(Waiting request) {
        switch (slots.admit(request)) {
            case Slots.Admitted.Started(Guest guest, boolean isShort) -> {
                if (!isShort || !runsHere(guest)) {
                    start(guest);
                }
            }
            case Slots.Admitted.Refused refused ->
                    request.refused().accept(tooManyWait(refused.limit()));
            case Slots.Admitted.Queued _ -> {
                var _ =
                        timer.schedule(
                                () -> giveUp(request),
                                limits.maximumWait().toMillis(),
                                TimeUnit.MILLISECONDS);
            }
        }
    }

    /** Runs a guest on the calling thread, if that is the one of its connection. */
    private boolean runsHere(Guest guest) {
        if (!(Thread.currentThread() instanceof SelectorThread own)
                || !own.beginGuest(guest::beforeWait)) {
            return false;
        }
        boolean ended = guest.run(own);
        long now = now();
        own.endGuest(guest.busy(now));
        if (ended) {
            slots.end(guest, guest.length(), now).forEach(this::start);
        }
        return true;
    }

    /** Interrupts a thread at the end that has become a guest's. */
    void adopt(SelectorThread thread) {
        threads.adopt(thread);
    }

    private void giveUp(Waiting request) {
        if (slots.giveUp(request)) {
            request.refused()
                    .accept(overloaded(Limit.ADMISSION_WAIT, "no slot for a guest in time"));
        }
    }

    /** Evicts and starts guests as a change of slots demands. */
    void apply(Slots.Change change, Limit limit, String reason) {
        change.eviction().ifPresent(end -> end.accept(overloaded(limit, reason)));
        change.started().forEach(this::start);
    }

    /** Queues a completion for a thread of normal priority. */
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
        List<Guest> next = slots.end(ended, ended.length(), now());
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

    /** Refuses new guests and interrupts running ones. */
    @Override
    public void close() {
        timer.shutdownNow();
        completions.close();
        threads.close();
    }
}
