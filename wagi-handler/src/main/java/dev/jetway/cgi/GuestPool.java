package dev.jetway.cgi;

import dev.jetway.cgi.FairQueue.RouteLine;
import dev.jetway.cgi.FairQueue.SiteLine;
import dev.jetway.cgi.FairQueue.Waiting;
import dev.jetway.sandbox.Wait;
import dev.jetway.sandbox.process.ThreadNice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bounded number of places for guests, each with a platform thread, and a bounded {@link
 * FairQueue} before them, where a request waits for a bounded time only.
 *
 * <p>A place is for guests that come and go. One that waits for its client leaves its place to
 * another, and so does one that has run for {@link #LONG}, which then also yields its processor to
 * all that have not. Of both there may be a bounded number: with one more, the one is ended that
 * has been there longest, of the site that has most. So whoever floods the server, or holds many
 * slow connections, loses what is his to those that come. Safe to share between threads.
 */
public final class GuestPool implements AutoCloseable {
    /** What a refused client is told. */
    static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** How long a guest may hold a place that others wait for. */
    static final Duration LONG = Duration.ofMillis(20);

    /** From then on a guest runs only when no other wants to. */
    static final Duration VERY_LONG = Duration.ofMillis(500);

    /** Stack of a guest thread: interpreters recurse deeply. Only touched pages cost memory. */
    private static final long STACK_BYTES = 8L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(GuestPool.class);

    /** How long a thread without a place or a task is kept. */
    private static final Duration IDLE = Duration.ofSeconds(10);

    private static final ThreadLocal<ThreadNice> NICE =
            ThreadLocal.withInitial(ThreadNice::ofThisThread);

    private final Object lock = new Object();
    private final PoolLimits limits;
    private final ExecutorService threads;
    private final ScheduledExecutorService timer;
    private final FairQueue queue;
    private final Map<Site, SiteAccount> sites = new ConcurrentHashMap<>();
    private final Crowd parked;
    private final Crowd lasting;
    private int free;
    private int returning;

    /** A pool. */
    public GuestPool(PoolLimits limits) {
        this.limits = limits;
        this.free = limits.places();
        this.queue = new FairQueue(limits.waiting());
        this.parked = new Crowd(limits.parked());
        this.lasting = new Crowd(limits.lasting());
        // A task is only handed over with a place: the places and the crowds bound the threads.
        this.threads =
                new ThreadPoolExecutor(
                        limits.places(),
                        Integer.MAX_VALUE,
                        IDLE.toSeconds(),
                        TimeUnit.SECONDS,
                        new SynchronousQueue<>(),
                        GuestPool::thread);
        var scheduled =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().name("jetway-admission").daemon().factory());
        scheduled.setRemoveOnCancelPolicy(true);
        this.timer = scheduled;
    }

    private static Thread thread(Runnable task) {
        return Thread.ofPlatform()
                .name("jetway-guest")
                .daemon()
                .stackSize(STACK_BYTES)
                .uncaughtExceptionHandler((_, e) -> logUnlessRetired(e))
                .unstarted(() -> {
                    NICE.get().set(ThreadNice.GUEST);
                    task.run();
                });
    }

    private static void logUnlessRetired(Throwable e) {
        if (!(e instanceof Retired)) {
            LOG.error("a guest's thread met a fault of the server", e);
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
            started.add(new Guest(next));
        }
        return started;
    }

    /** Under the lock: a place has become free. */
    private void leavePlace() {
        free++;
        lock.notify();
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

    private void work(Guest first) {
        Guest guest = first;
        while (guest != null) {
            try {
                guest.run();
            } catch (RuntimeException | Error e) {
                LOG.error("a guest's thread met a fault of the server", e);
            }
            guest = next(guest);
        }
    }

    /** What the thread does after a guest, if anything. */
    private @Nullable Guest next(Guest ended) {
        List<Guest> next;
        synchronized (lock) {
            ended.release();
            next = dispatch();
        }
        if (ended.yields) {
            next.forEach(this::start);
            throw new Retired();
        }
        next.stream().skip(1).forEach(this::start);
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
        threads.shutdownNow();
    }

    /** Ends a thread that yields to all others: it cannot be made an equal of them again. */
    private static final class Retired extends RuntimeException {
        private static final long serialVersionUID = 1;

        Retired() {
            super("retired", null, false, false);
        }
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

        RouteAccount(SiteAccount site, Share share) {
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
        public void admit(Consumer<Place> guest, Consumer<Failure> refused) {
            var waiting = new Waiting(line, guest, refused);
            Guest started = null;
            Optional<Failure> refusal;
            synchronized (lock) {
                refusal = refusal();
                if (hasPlace()) {
                    free--;
                    queue.started(line);
                    started = new Guest(waiting);
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
            return free > returning && line.hasRoom();
        }

        /** Under the lock. */
        private Optional<Failure> refusal() {
            return hasPlace()
                    ? Optional.empty()
                    : queue.full(line)
                            .map(limit -> overloaded(limit, "too many requests wait for a place"));
        }
    }

    /** A guest from its admission to its end; two are never equal. */
    private final class Guest implements Place {
        private final Waiting request;
        private long placedAt = System.nanoTime();
        private volatile boolean hasPlace = true;
        private @Nullable ThreadNice thread;
        private @Nullable Consumer<Failure> end;

        /** Whether its thread yields to others: written under the lock. */
        private boolean yields;

        /** Whether its thread yields as much as it can. */
        private volatile boolean yieldsMost;

        Guest(Waiting request) {
            this.request = request;
        }

        SiteLine site() {
            return request.route().site();
        }

        void run() {
            synchronized (lock) {
                thread = NICE.get();
            }
            request.guest().accept(this);
        }

        void refuse(String reason) {
            request.refused().accept(overloaded("guest-threads", reason));
        }

        /** Under the lock: it has ended. */
        void release() {
            queue.ended(request.route());
            lasting.remove(this);
            end = null;
            if (hasPlace) {
                leavePlace();
            }
        }

        @Override
        public void onEviction(Consumer<Failure> how) {
            synchronized (lock) {
                end = how;
            }
        }

        private void evict(@Nullable Consumer<Failure> how, String limit, String reason) {
            if (how != null) {
                how.accept(overloaded(limit, reason));
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
            Guest longest;
            Consumer<Failure> how = null;
            synchronized (lock) {
                longest = parked.add(this);
                if (longest != null) {
                    how = longest.end;
                }
                queue.ended(request.route());
                lasting.remove(this);
                if (hasPlace) {
                    hasPlace = false;
                    leavePlace();
                }
                next = dispatch();
            }
            if (longest != null) {
                longest.evict(how, "parked-guests", "too many guests waited for their clients");
            }
            next.forEach(GuestPool.this::start);
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
                    parked.remove(this);
                    queue.started(request.route());
                }
            }
        }

        @Override
        public void pulse() {
            long held = System.nanoTime() - placedAt;
            boolean nothingLeft = yieldsMost && !hasPlace;
            if (held < LONG.toNanos() || limits.lasting() == 0 || nothingLeft) {
                return;
            }
            List<Guest> next = List.of();
            Guest longest = null;
            Consumer<Failure> how = null;
            synchronized (lock) {
                // It may have ended, or be waiting for its client, meanwhile.
                if (end != null && thread != null && !parked.contains(this)) {
                    if (hasPlace && (lasting.hasRoom() || queue.isPressing() || returning > 0)) {
                        longest = lasting.add(this);
                        how = longest == null ? null : longest.end;
                        hasPlace = false;
                        leavePlace();
                        next = dispatch();
                    }
                    yieldsMost = held >= VERY_LONG.toNanos();
                    yields |=
                            thread.set(
                                    yieldsMost
                                            ? ThreadNice.VERY_LONG_GUEST
                                            : ThreadNice.LONG_GUEST);
                }
            }
            if (longest != null) {
                longest.evict(how, "lasting-guests", "too many guests ran for long");
            }
            next.forEach(GuestPool.this::start);
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

        boolean contains(Guest guest) {
            return guests.contains(guest);
        }

        void remove(Guest guest) {
            guests.remove(guest);
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

        private @Nullable Guest longestOfTheLargestSite() {
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
