package dev.jetway.admission;

import dev.jetway.admission.FairQueue.RouteLine;
import dev.jetway.admission.FairQueue.SiteLine;
import dev.jetway.admission.FairQueue.Waiting;
import dev.jetway.failure.Failure;
import dev.jetway.route.Route;
import dev.jetway.route.Site;
import dev.jetway.route.TenantLimits;
import dev.jetway.sandbox.Wait;
import dev.jetway.sandbox.process.ThreadNice;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.SequencedSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bounded number of places for guests, each with a platform thread, and a bounded {@link
 * FairQueue} before them, where a request waits for a bounded time only.
 *
 * <p>A place is for guests that come and go. One that waits for its client leaves its place to
 * another, and so does one that runs for long, which then also comes behind all others for a
 * processor. Of both there may be a bounded number: with one more, the one is ended that has been
 * there longest, of the site that has most. So whoever floods the server, or holds many slow
 * connections, loses what is his to those that come.
 *
 * <p>A thread that comes behind all others must not hold what others wait for: the rest of its
 * work, once its guest has ended, is done by another thread. Safe to share between threads.
 */
public final class GuestScheduler implements AutoCloseable {
    /** What a refused client is told. */
    public static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** Time on a processor from which on a guest runs for long. */
    static final Duration LONG_ON_A_PROCESSOR = Duration.ofMillis(10);

    /** Time in a place from which on a guest runs for long, whatever it does. */
    static final Duration LONG = Duration.ofMillis(200);

    /** For so long a guest runs though a site with one guest less waits. */
    static final Duration TURN = Duration.ofSeconds(2);

    /** How often the rest of what long guests leave is looked for. */
    private static final Duration LOOK = Duration.ofMillis(5);

    private static final Logger LOG = LoggerFactory.getLogger(GuestScheduler.class);

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Object lock = new Object();
    private final SchedulerLimits limits;
    private final GuestThreads threads = new GuestThreads();
    private final ScheduledExecutorService timer;
    private final FairQueue queue;
    private final Map<Site, SiteAccount> sites = new ConcurrentHashMap<>();
    private final Crowd parked;
    private final Crowd lasting;
    private final Queue<BooleanSupplier> rests = new ConcurrentLinkedQueue<>();
    private int free;
    private int returning;

    /** A pool. */
    public GuestScheduler(SchedulerLimits limits) {
        this.limits = limits;
        this.free = limits.places();
        this.queue =
                new FairQueue(limits.waiting(), Math.max(1, limits.places() / 2), System::nanoTime);
        this.parked = new Crowd(limits.parked());
        this.lasting = new Crowd(limits.lasting());
        var scheduled =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().name("jetway-admission").daemon().factory());
        scheduled.setRemoveOnCancelPolicy(true);
        this.timer = scheduled;
        var _ =
                timer.scheduleWithFixedDelay(
                        this::doRests, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void doRests() {
        for (BooleanSupplier rest = rests.poll(); rest != null; rest = rests.poll()) {
            try {
                threads.execute(rest);
            } catch (RejectedExecutionException | OutOfMemoryError e) {
                LOG.warn("no thread for the end of a guest: {}", e.toString());
            }
        }
    }

    /** The admission of a route's requests, with an account of its own. */
    public Admission admission(Route route) {
        SiteAccount site = sites.computeIfAbsent(route.site(), SiteAccount::new);
        return new RouteAccount(site, route.traffic().share());
    }

    /** Guests that wait for their clients now, without a place. */
    public int parked() {
        synchronized (lock) {
            return parked.size();
        }
    }

    /** Guests that have run for long and have left their places. */
    public int lasting() {
        synchronized (lock) {
            return lasting.size();
        }
    }

    /** Guests whose clients have come back, and that wait for a place now. */
    int returning() {
        synchronized (lock) {
            return returning;
        }
    }

    /** Guests that run now, with a place or without; those that wait for their clients do not. */
    public int running() {
        synchronized (lock) {
            return queue.running();
        }
    }

    /** Requests that wait for a place now. */
    public int waiting() {
        synchronized (lock) {
            return queue.waiting();
        }
    }

    /** Under the lock: gives free places away. Who comes back has them first, then the queue. */
    private List<Guest> dispatch() {
        var started = new ArrayList<Guest>(1);
        while (free > returning) {
            Waiting next = queue.poll();
            if (next == null) {
                break;
            }
            free--;
            started.add(new Guest(next, queue.started(next.route())));
        }
        return started;
    }

    /** Without memory those that wait have to wait on; the place is free all the same. */
    private List<Guest> dispatchIfPossible() {
        try {
            return dispatch();
        } catch (OutOfMemoryError e) {
            return List.of();
        }
    }

    private void start(Guest guest) {
        try {
            threads.execute(() -> work(guest));
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            LOG.warn("no thread for a guest: {}", e.toString());
            List<Guest> others;
            synchronized (lock) {
                guest.release();
                others = dispatch();
            }
            guest.refuse("no thread");
            others.forEach(this::start);
        }
    }

    /** Whether the thread is as good as any other at the end. */
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

    /** What the thread does after a guest, if anything. */
    private @Nullable Guest next(Guest ended) {
        List<Guest> next;
        synchronized (lock) {
            ended.release();
            next = dispatchIfPossible();
        }
        for (int i = 1; i < next.size(); i++) {
            start(next.get(i));
        }
        return next.isEmpty() ? null : next.getFirst();
    }

    private void giveUp(Waiting waiting) {
        boolean waited;
        synchronized (lock) {
            waited = queue.remove(waiting);
        }
        if (waited) {
            waiting.refused().accept(overloaded("admission-wait", "no place for a guest in time"));
        }
    }

    private static Failure overloaded(String limit, String reason) {
        return new Failure.Overloaded(limit, reason, RETRY_AFTER);
    }

    /** Takes no more guests and interrupts those that run. */
    @Override
    public void close() {
        timer.shutdownNow();
        threads.close();
    }

    /** The account of a site. */
    private static final class SiteAccount {
        private final SiteLine line;
        private final Optional<RateMeter> rate;

        SiteAccount(Site site) {
            line = new SiteLine(site.share());
            rate = site.share().rate().map(r -> new RateMeter(r, System::nanoTime));
        }
    }

    /** The account of a route. */
    private final class RouteAccount implements Admission {
        private final SiteAccount site;
        private final RouteLine line;
        private final Optional<RateMeter> rate;

        RouteAccount(SiteAccount site, TenantLimits share) {
            this.site = site;
            this.line = new RouteLine(site.line, share);
            this.rate = share.rate().map(r -> new RateMeter(r, System::nanoTime));
        }

        @Override
        public Optional<Failure> enter() {
            Optional<Duration> wait = rate.flatMap(RateMeter::take);
            if (wait.isPresent()) {
                return Optional.of(new Failure.RateLimited("route-rate", wait.get()));
            }
            wait = site.rate.flatMap(RateMeter::take);
            if (wait.isPresent()) {
                rate.ifPresent(RateMeter::giveBack);
                return Optional.of(new Failure.RateLimited("site-rate", wait.get()));
            }
            synchronized (lock) {
                return refusal();
            }
        }

        @Override
        public void admit(Consumer<Slot> guest, Consumer<Failure> refused) {
            var waiting = new Waiting(line, guest, refused);
            Guest started = null;
            Optional<Failure> refusal;
            synchronized (lock) {
                refusal = refusal();
                if (hasPlace()) {
                    free--;
                    started = new Guest(waiting, queue.started(line));
                } else if (refusal.isEmpty()) {
                    queue.add(waiting);
                }
            }
            if (started != null) {
                start(started);
            } else if (refusal.isPresent()) {
                refused.accept(refusal.get());
            } else {
                var _ =
                        timer.schedule(
                                () -> giveUp(waiting),
                                limits.patience().toMillis(),
                                TimeUnit.MILLISECONDS);
            }
        }

        private boolean hasPlace() {
            return free > returning && queue.hasRoom(line);
        }

        /** Under the lock. */
        private Optional<Failure> refusal() {
            return hasPlace()
                    ? Optional.empty()
                    : queue.full(line)
                            .map(limit -> overloaded(limit, "too many requests wait for a place"));
        }
    }

    /** How far a guest has come, for those who may not take the lock. */
    private enum Phase {
        /** Its thread is as good as any other. */
        RUNNING,
        /** Its thread comes behind others, and must not do what they wait for. */
        BEHIND,
        /** It has ended, and its thread does not come behind others any more. */
        ENDED
    }

    /** A guest from its admission to its end; two are never equal. */
    private final class Guest implements Slot {
        private final Waiting request;
        private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.RUNNING);
        private volatile long givenAt = System.nanoTime();
        private final long startedAt = System.nanoTime();
        private volatile long placedAt = startedAt;
        private volatile boolean hasPlace = true;
        private volatile @Nullable ThreadNice thread;
        private volatile @Nullable Thread worker;
        private boolean seen;
        private long cpuAtFirstLook;
        private boolean slowPlace;
        private boolean leftItsRest;
        private @Nullable Consumer<Failure> end;

        Guest(Waiting request, boolean slowPlace) {
            this.request = request;
            this.slowPlace = slowPlace;
        }

        SiteLine site() {
            return request.route().site();
        }

        /** Whether the thread may go on with another. */
        boolean run() {
            thread = GuestThreads.nice();
            worker = Thread.currentThread();
            attempt(() -> request.guest().accept(this));
            if (phase.get() != Phase.ENDED && !leftItsRest) {
                afterwards(() -> {});
            }
            return !leftItsRest;
        }

        private static void attempt(Runnable part) {
            try {
                part.run();
            } catch (RuntimeException | Error e) {
                tell(e);
            }
        }

        /** If there is memory to say it: the thread and the place are needed on. */
        private static void tell(Throwable fault) {
            try {
                LOG.error("a guest's thread met a fault of the server", fault);
            } catch (OutOfMemoryError e) {
                return;
            }
        }

        @Override
        public void afterwards(Runnable rest) {
            phase.compareAndSet(Phase.RUNNING, Phase.ENDED);
            if (phase.get() == Phase.ENDED) {
                rest.run();
                return;
            }
            // Nothing here may wait for a lock.
            leftItsRest = true;
            rests.add(() -> {
                attempt(rest);
                return work(next(this));
            });
        }

        @Override
        public long since() {
            return givenAt;
        }

        @Override
        public void again() {
            givenAt = System.nanoTime();
            phase.set(Phase.RUNNING);
        }

        void refuse(String reason) {
            request.refused().accept(overloaded("guest-slots", reason));
        }

        /** Under the lock. */
        private void lastsNoMore() {
            if (lasting.remove(this)) {
                queue.lastsNoMore(site());
            }
        }

        /** Under the lock: it has ended. */
        void release() {
            queue.ended(request.route());
            lastsNoMore();
            end = null;
            if (hasPlace) {
                leavePlace();
            }
        }

        /** Under the lock. */
        private void leavePlace() {
            hasPlace = false;
            queue.left(slowPlace);
            free++;
            lock.notify();
        }

        @Override
        public void onEviction(Consumer<Failure> how) {
            synchronized (lock) {
                end = how;
            }
        }

        @Override
        public void park(Wait wait) throws InterruptedException {
            leave();
            boolean came = false;
            try {
                wait.await();
                came = true;
            } finally {
                comeBack(came);
            }
        }

        /** Gives the place away, to a request in the queue if there is one. */
        private void leave() {
            List<Guest> next;
            Consumer<Failure> how = null;
            synchronized (lock) {
                Guest longest = parked.add(this);
                if (longest != null) {
                    how = longest.end;
                }
                queue.ended(request.route());
                lastsNoMore();
                if (hasPlace) {
                    leavePlace();
                }
                next = dispatch();
            }
            if (how != null) {
                how.accept(overloaded("parked-guests", "too many guests waited for their clients"));
            }
            next.forEach(GuestScheduler.this::start);
        }

        /**
         * Takes a place before any new guest does. One that was interrupted is about to end: it
         * takes one that is not there rather than wait.
         */
        private void comeBack(boolean patient) throws InterruptedException {
            synchronized (lock) {
                returning++;
                try {
                    while (patient && free <= 0) {
                        lock.wait();
                    }
                } finally {
                    free--;
                    returning--;
                    hasPlace = true;
                    placedAt = System.nanoTime();
                    var _ = parked.remove(this);
                    slowPlace = queue.started(request.route());
                }
            }
        }

        @Override
        public void pulse() {
            if (limits.lasting() > 0 && runsForLong()) {
                comeBehind();
                if (hasPlace) {
                    leavePlaceToOthers();
                }
            }
        }

        /** By its processor's clock: one that others keep from running is not long. */
        private boolean runsForLong() {
            Thread own = worker;
            if (own == null) {
                return false;
            }
            long cpu = THREADS.getThreadCpuTime(own.threadId());
            if (!seen) {
                // All that it has used before this look is forgiven, a few milliseconds at most.
                seen = true;
                cpuAtFirstLook = cpu;
            }
            return cpu - cpuAtFirstLook >= LONG_ON_A_PROCESSOR.toNanos()
                    || System.nanoTime() - placedAt >= LONG.toNanos();
        }

        /** Takes no lock: who has it may need the processor that this guest keeps busy. */
        private void comeBehind() {
            ThreadNice own = thread;
            if (own != null && phase.compareAndSet(Phase.RUNNING, Phase.BEHIND)) {
                own.set(ThreadNice.LONG_GUEST);
            }
        }

        /** If it may be one of those without. */
        private void leavePlaceToOthers() {
            List<Guest> next = List.of();
            Consumer<Failure> how = null;
            synchronized (lock) {
                // It may have ended, or be waiting for its client, meanwhile.
                if (end == null || !hasPlace) {
                    return;
                }
                queue.runsLong(site());
                Guest victim = lasting.hasRoom() ? null : victim();
                if (victim != null) {
                    how = victim.end;
                    victim.lastsNoMore();
                }
                if (lasting.hasRoom()) {
                    lasting.add(this);
                    queue.lasts(site());
                    leavePlace();
                    next = dispatch();
                }
            }
            if (how != null) {
                how.accept(overloaded("long-running-guests", "too many guests ran for long"));
            }
            next.forEach(GuestScheduler.this::start);
        }

        /** Under the lock: who has to go for those that wait, if somebody has to. */
        private @Nullable Guest victim() {
            OptionalInt fewest = queue.fewestOfThoseThatWait();
            Guest longest = lasting.longestOfTheLargestSite();
            if (fewest.isEmpty() || longest == null) {
                return null;
            }
            // A site without long guests is done with its place at once.
            int more = longest.site().running() - fewest.getAsInt();
            boolean hadItsTurn = System.nanoTime() - longest.startedAt > TURN.toNanos();
            boolean enough = more > 1 || (more == 1 && hadItsTurn);
            return enough || queue.quickSiteWaits() ? longest : null;
        }
    }

    /** Guests without a place, a bounded number. Used under the lock. */
    private static final class Crowd {
        private final int maximum;
        private final SequencedSet<Guest> guests = new LinkedHashSet<>();

        Crowd(int maximum) {
            this.maximum = maximum;
        }

        int size() {
            return guests.size();
        }

        boolean hasRoom() {
            return guests.size() < maximum;
        }

        boolean remove(Guest guest) {
            return guests.remove(guest);
        }

        /** Whoever has to go for it, if somebody has to: taken out already. */
        @Nullable Guest add(Guest guest) {
            Guest longest = hasRoom() ? null : longestOfTheLargestSite();
            if (longest != null) {
                guests.remove(longest);
            }
            guests.addLast(guest);
            return longest;
        }

        @Nullable Guest longestOfTheLargestSite() {
            var counts = new IdentityHashMap<SiteLine, Integer>();
            guests.forEach(g -> counts.merge(g.site(), 1, Integer::sum));
            int most = counts.values().stream().mapToInt(n -> n).max().orElse(0);
            return guests.stream()
                    .filter(g -> counts.getOrDefault(g.site(), 0) == most)
                    .findFirst()
                    .orElse(null);
        }
    }
}
