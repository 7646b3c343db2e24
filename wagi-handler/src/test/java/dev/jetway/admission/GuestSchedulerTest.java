package dev.jetway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.failure.Failure;
import dev.jetway.failure.Failure.Overloaded;
import dev.jetway.failure.Failure.RateLimited;
import dev.jetway.failure.Limit;
import dev.jetway.route.Rate;
import dev.jetway.route.TenantLimits;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
final class GuestSchedulerTest {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final long LONG_CPU = Guest.LONG_CPU_TIME.toNanos();

    private final CountDownLatch release = new CountDownLatch(1);
    private final Queue<Object> ended = new ConcurrentLinkedQueue<>();
    private final AtomicLong clock = new AtomicLong();
    private final AtomicLong betweenReadings = new AtomicLong();
    private final AtomicInteger ticks = new AtomicInteger();
    private GuestScheduler scheduler =
            new GuestScheduler(new SchedulerLimits(1, 1, LONG, 1, 0), this::now);
    private SiteAccount one = scheduler.account(TenantLimits.ALL);
    private Admission route = scheduler.admission(one, TenantLimits.ALL);

    /** The result of a request. */
    private sealed interface Outcome {
        record Ran() implements Outcome {}

        record Refused(Failure failure) implements Outcome {}
    }

    private static final Outcome RAN = new Outcome.Ran();

    @AfterEach
    void close() {
        release.countDown();
        scheduler.close();
    }

    private void use(SchedulerLimits limits) {
        scheduler.close();
        scheduler = new GuestScheduler(limits, this::now);
        one = scheduler.account(TenantLimits.ALL);
        route = scheduler.admission(one, TenantLimits.ALL);
    }

    private Admission routeOfAnotherSite() {
        return scheduler.admission(scheduler.account(TenantLimits.ALL), TenantLimits.ALL);
    }

    private long now() {
        return clock.getAndAdd(betweenReadings.get());
    }

    private static CompletableFuture<Outcome> admit(Admission to, Consumer<Slot> guest) {
        var outcome = new CompletableFuture<Outcome>();
        to.admit(
                slot -> {
                    guest.accept(slot);
                    outcome.complete(RAN);
                },
                failure -> outcome.complete(new Outcome.Refused(failure)));
        return outcome;
    }

    private CompletableFuture<Outcome> admit(Runnable guest) {
        return admit(route, _ -> guest.run());
    }

    private static String limit(CompletableFuture<Outcome> refused) throws Exception {
        var outcome = (Outcome.Refused) refused.get(10, TimeUnit.SECONDS);
        return ((Overloaded) outcome.failure()).limit().label();
    }

    private static void await(BooleanSupplier condition) {
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(condition::getAsBoolean);
    }

    /** Waits until all guests that tick have ticked again. */
    private void awaitTicks() {
        int before = ticks.get();
        await(() -> ticks.get() > before + 20);
    }

    private void hold() {
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aGuestRunsOnAThreadOfThePool() throws Exception {
        var name = new CompletableFuture<String>();

        assertThat(admit(() -> name.complete(Thread.currentThread().getName())).get())
                .isEqualTo(RAN);
        assertThat(name.get()).startsWith("jetway-guest");
    }

    @Test
    void aRequestWaitsUntilASlotIsFree() throws Exception {
        CompletableFuture<Outcome> running = admit(this::hold);
        CompletableFuture<Outcome> waiting = admit(() -> {});

        assertThat(scheduler.waiting()).isEqualTo(1);
        release.countDown();

        assertThat(running.get()).isEqualTo(RAN);
        assertThat(waiting.get()).isEqualTo(RAN);
    }

    @Test
    void aRequestIsRefusedAtOnceWhenTheQueueIsFull() throws Exception {
        var running = admit(this::hold);
        assertThat(route.enter()).isEmpty();
        var waiting = admit(() -> {});

        assertThat(route.enter()).get().isInstanceOf(Overloaded.class);
        assertThat(limit(admit(() -> {}))).isEqualTo("guest-queue");
        assertThat(waiting).isNotDone();
        release.countDown();
        assertThat(running.get()).isEqualTo(RAN);
        assertThat(waiting.get()).isEqualTo(RAN);
    }

    @Test
    void aRequestThatWaitsTooLongIsRefused() throws Exception {
        use(new SchedulerLimits(1, 1, Duration.ofMillis(20), 1, 0));
        var running = admit(this::hold);

        assertThat(limit(admit(() -> {}))).isEqualTo("admission-wait");
        release.countDown();
        assertThat(running.get()).isEqualTo(RAN);
        assertThat(admit(() -> {}).get()).isEqualTo(RAN);
    }

    @Test
    void aRouteHasNoMoreGuestsAtOnceThanItsLimit() throws Exception {
        use(new SchedulerLimits(4, 8, LONG, 1, 0));
        Admission narrow = scheduler.admission(one, new TenantLimits(1, 1, Optional.empty()));
        var running = admit(narrow, _ -> hold());
        var waiting = admit(narrow, _ -> {});

        assertThat(limit(admit(narrow, _ -> {}))).isEqualTo("route-waiting");
        assertThat(admit(() -> {}).get()).isEqualTo(RAN);
        assertThat(waiting).isNotDone();
        release.countDown();
        assertThat(waiting.get()).isEqualTo(RAN);
        assertThat(running.get()).isEqualTo(RAN);
    }

    @Test
    void allRoutesOfASiteHaveNoMoreGuestsAtOnceThanItsLimit() throws Exception {
        use(new SchedulerLimits(4, 8, LONG, 1, 0));
        SiteAccount site = scheduler.account(new TenantLimits(1, 1, Optional.empty()));
        Admission a = scheduler.admission(site, TenantLimits.ALL);
        Admission b = scheduler.admission(site, TenantLimits.ALL);
        var running = admit(a, _ -> hold());
        var waiting = admit(b, _ -> {});

        assertThat(limit(admit(a, _ -> {}))).isEqualTo("site-waiting");
        assertThat(admit(() -> {}).get()).isEqualTo(RAN);
        assertThat(waiting).isNotDone();
        release.countDown();
        assertThat(waiting.get()).isEqualTo(RAN);
        assertThat(running.get()).isEqualTo(RAN);
    }

    @Test
    void closedSite_losesItsGuests_andThoseThatStart_untilItIsOpened() throws Exception {
        use(new SchedulerLimits(4, 8, LONG, 1, 0));
        var reason = new Failure.SiteUnavailable("for the test");
        var running =
                admit(
                        route,
                        slot -> {
                            slot.onEviction(ended::add);
                            hold();
                        });
        Admission other = routeOfAnotherSite();
        var neighbour =
                admit(
                        other,
                        slot -> {
                            slot.onEviction(ended::add);
                            hold();
                        });
        await(() -> scheduler.running() == 2);

        scheduler.close(one, reason);
        await(() -> !ended.isEmpty());
        assertThat(ended).containsExactly(reason);
        assertThat(admit(route, slot -> slot.onEviction(ended::add)).get()).isEqualTo(RAN);
        assertThat(ended).containsExactly(reason, reason);

        scheduler.open(one);
        assertThat(admit(route, slot -> slot.onEviction(ended::add)).get()).isEqualTo(RAN);
        assertThat(ended).hasSize(2);
        release.countDown();
        assertThat(running.get()).isEqualTo(RAN);
        assertThat(neighbour.get()).isEqualTo(RAN);
    }

    @Test
    void limitsOfASiteThatChange_holdForItsWaitingRequests() throws Exception {
        use(new SchedulerLimits(4, 8, LONG, 1, 0));
        SiteAccount site = scheduler.account(new TenantLimits(1, 1, Optional.empty()));
        Admission narrow = scheduler.admission(site, TenantLimits.ALL);
        var running = admit(narrow, _ -> hold());
        var waiting = admit(narrow, _ -> {});
        assertThat(waiting).isNotDone();

        scheduler.change(site, new TenantLimits(2, 1, Optional.empty()));
        assertThat(waiting.get()).isEqualTo(RAN);

        scheduler.change(site, new TenantLimits(1, 0, Optional.empty()));
        assertThat(limit(admit(narrow, _ -> {}))).isEqualTo("site-waiting");
        await(() -> scheduler.running() == 1);
        release.countDown();
        assertThat(running.get()).isEqualTo(RAN);
    }

    @Test
    void sitesTakeTurnsHoweverManyRequestsOfOneWait() throws Exception {
        use(new SchedulerLimits(1, 100, LONG, 1, 0));
        Admission other = routeOfAnotherSite();
        var order = new ConcurrentLinkedQueue<String>();
        var running = admit(this::hold);
        for (int i = 0; i < 5; i++) {
            var _ = admit(() -> order.add("flood"));
        }
        var last = admit(other, _ -> order.add("other"));
        release.countDown();

        assertThat(last.get()).isEqualTo(RAN);
        assertThat(running.get()).isEqualTo(RAN);
        assertThat(order).startsWith("flood", "other");
    }

    @Test
    void moreThanTheRateOfARouteOrASiteIsRefused() {
        use(new SchedulerLimits(1, 1, LONG, 1, 0));
        var rate = Optional.of(new Rate(Rate.MIN_PER_SECOND, 2));
        SiteAccount site = scheduler.account(new TenantLimits(9, 9, rate));
        Admission quick = scheduler.admission(site, TenantLimits.ALL);
        Admission slow =
                scheduler.admission(site, new TenantLimits(9, 9, Optional.of(new Rate(0.5, 1))));

        assertThat(slow.enter()).isEmpty();
        assertThat(slow.enter())
                .get()
                .isInstanceOfSatisfying(
                        RateLimited.class,
                        limited -> {
                            assertThat(limited.limit().label()).isEqualTo("route-rate");
                            assertThat(limited.retryAfter())
                                    .isBetween(Duration.ofMillis(1), Duration.ofSeconds(2));
                        });
        assertThat(quick.enter()).isEmpty();
        assertThat(quick.enter())
                .get()
                .isInstanceOfSatisfying(
                        RateLimited.class,
                        limited -> assertThat(limited.limit().label()).isEqualTo("site-rate"));
    }

    /** Parks a guest until its client answers; then notes that it has its slot again. */
    private CompletableFuture<Outcome> park(CountDownLatch client) {
        return admit(
                route,
                slot -> {
                    slot.onEviction(ended::add);
                    try {
                        slot.park(client::await);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
    }

    @Test
    void parkedGuestLeavesItsSlotToAnother() throws Exception {
        var client = new CountDownLatch(1);
        CompletableFuture<Outcome> slow = park(client);
        await(() -> scheduler.parked() == 1);

        assertThat(scheduler.running()).isZero();
        assertThat(admit(() -> {}).get()).isEqualTo(RAN);
        assertThat(slow).isNotDone();
        client.countDown();
        assertThat(slow.get()).isEqualTo(RAN);
        assertThat(scheduler.parked()).isZero();
    }

    @Test
    void longestParkedGuestIsEvictedWhenTooManyAreParked() throws Exception {
        var client = new CountDownLatch(1);
        CompletableFuture<Outcome> first = park(client);
        await(() -> scheduler.parked() == 1);
        assertThat(ended).isEmpty();
        CompletableFuture<Outcome> second = park(client);

        await(() -> ended.size() == 1);
        assertThat(scheduler.parked()).isEqualTo(1);
        assertThat(admit(() -> {}).get()).isEqualTo(RAN);
        client.countDown();
        assertThat(first.get()).isEqualTo(RAN);
        assertThat(second.get()).isEqualTo(RAN);
        assertThat(ended)
                .singleElement()
                .isInstanceOfSatisfying(
                        Overloaded.class,
                        f -> assertThat(f.limit()).isEqualTo(Limit.PARKED_GUESTS));
        assertThat(scheduler.parked()).isZero();
    }

    @Test
    void unparkedGuestRunsBeforeQueuedRequests() throws Exception {
        use(new SchedulerLimits(1, 2, LONG, 1, 0));
        var order = new ConcurrentLinkedQueue<String>();
        var client = new CountDownLatch(1);
        var came = new CountDownLatch(1);
        CompletableFuture<Outcome> slow =
                admit(
                        route,
                        slot -> {
                            try {
                                slot.park(() -> {
                                    client.await();
                                    came.countDown();
                                });
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                            order.add("slow");
                        });
        CompletableFuture<Outcome> running = admit(this::hold);
        CompletableFuture<Outcome> waiting = admit(() -> order.add("new"));

        client.countDown();
        came.await();
        await(() -> scheduler.returning() == 1);
        release.countDown();
        assertThat(running.get()).isEqualTo(RAN);
        assertThat(slow.get()).isEqualTo(RAN);
        assertThat(waiting.get()).isEqualTo(RAN);
        assertThat(order).containsExactly("slow", "new");
    }

    @Test
    void anInterruptedGuestLosesNoSlot() throws Exception {
        var thread = new CompletableFuture<Thread>();
        var interrupted = new CompletableFuture<Boolean>();
        var guest =
                admit(
                        route,
                        slot -> {
                            thread.complete(Thread.currentThread());
                            try {
                                slot.park(release::await);
                            } catch (InterruptedException e) {
                                interrupted.complete(true);
                            }
                        });
        await(() -> scheduler.parked() == 1);
        var running = admit(this::hold);
        thread.get().interrupt();

        assertThat(interrupted.get()).isTrue();
        assertThat(guest.get()).isEqualTo(RAN);
        release.countDown();
        assertThat(running.get()).isEqualTo(RAN);
        assertThat(admit(() -> {}).get()).isEqualTo(RAN);
        assertThat(scheduler.parked()).isZero();
    }

    /** A guest that ticks and runs until it is told to end. */
    private CompletableFuture<Outcome> runLong(Admission to, String name) {
        var told = new CountDownLatch(1);
        return admit(
                to,
                slot -> {
                    slot.onEviction(failure -> {
                        ended.add(name);
                        told.countDown();
                    });
                    try {
                        while (!told.await(1, TimeUnit.MILLISECONDS) && release.getCount() > 0) {
                            slot.tick(LONG_CPU);
                            ticks.incrementAndGet();
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
    }

    @Test
    void longRunningGuestLeavesItsSlotToAnother() throws Exception {
        use(new SchedulerLimits(1, 1, LONG, 1, 1));
        CompletableFuture<Outcome> busy = runLong(route, "busy");
        await(() -> scheduler.longRunning() == 1);

        assertThat(scheduler.running()).isEqualTo(1);
        assertThat(admit(() -> {}).get()).isEqualTo(RAN);
        assertThat(busy).isNotDone();
        release.countDown();
        assertThat(busy.get()).isEqualTo(RAN);
        await(() -> scheduler.longRunning() == 0);
        assertThat(ended).isEmpty();
    }

    /** Processor time and time in the slot from which a guest is long-running. */
    @ParameterizedTest
    @CsvSource({"0, 0, 0", "9999999, 199999999, 0", "10000000, 0, 1", "0, 200000000, 1"})
    void tick_timeOnAProcessorOrInASlot_makesAGuestLongRunning(
            long cpuNanos, long slotNanos, int longRunning) throws Exception {
        use(new SchedulerLimits(1, 1, LONG, 1, 1));
        var seen = new CompletableFuture<Integer>();
        CompletableFuture<Outcome> guest =
                admit(
                        route,
                        slot -> {
                            slot.onEviction(ended::add);
                            clock.addAndGet(slotNanos);
                            slot.tick(cpuNanos);
                            seen.complete(scheduler.longRunning());
                        });

        assertThat(seen.get()).isEqualTo(longRunning);
        assertThat(guest.get()).isEqualTo(RAN);
    }

    @Test
    void guestKeepsItsSlotIfLongRunningGuestsAreDisabled() throws Exception {
        var thread = new CompletableFuture<Thread>();
        CompletableFuture<Outcome> busy =
                admit(
                        route,
                        slot -> {
                            slot.onEviction(ended::add);
                            thread.complete(Thread.currentThread());
                            hold();
                            slot.tick(LONG_CPU);
                        });
        clock.addAndGet(Guest.LONG_IN_SLOT.multipliedBy(2).toNanos());
        release.countDown();

        assertThat(busy.get()).isEqualTo(RAN);
        assertThat(scheduler.longRunning()).isZero();
        var next = new CompletableFuture<Thread>();
        assertThat(admit(() -> next.complete(Thread.currentThread())).get()).isEqualTo(RAN);
        assertThat(next.get()).isSameAs(thread.get());
    }

    @Test
    void tooManyLongRunningGuestsCostTheLargestSiteItsLongest() throws Exception {
        use(new SchedulerLimits(1, 9, LONG, 1, 2));
        Admission other = routeOfAnotherSite();
        CompletableFuture<Outcome> first = runLong(route, "first");
        await(() -> scheduler.longRunning() == 1);
        CompletableFuture<Outcome> second = runLong(route, "second");
        await(() -> scheduler.longRunning() == 2);
        // A guest keeps its slot while nobody waits for it.
        CompletableFuture<Outcome> third = runLong(route, "third");
        awaitTicks();
        assertThat(ended).isEmpty();

        assertThat(admit(other, _ -> {}).get()).isEqualTo(RAN);
        assertThat(ended).containsExactly("first");
        assertThat(first.get()).isEqualTo(RAN);
        assertThat(scheduler.longRunning()).isEqualTo(2);
        release.countDown();
        assertThat(second.get()).isEqualTo(RAN);
        assertThat(third.get()).isEqualTo(RAN);
    }

    @Test
    void siteWithOneGuestEachKeepsItWhateverTheTime() throws Exception {
        use(new SchedulerLimits(1, 9, LONG, 1, 1));
        Admission other = routeOfAnotherSite();
        CompletableFuture<Outcome> first = runLong(route, "first");
        await(() -> scheduler.longRunning() == 1);
        CompletableFuture<Outcome> rival = runLong(other, "rival");
        CompletableFuture<Outcome> waiting = admit(other, _ -> {});

        clock.addAndGet(EvictableGuests.TURN.plusNanos(1).toNanos());
        awaitTicks();
        assertThat(ended).isEmpty();
        assertThat(waiting).isNotDone();
        release.countDown();
        assertThat(first.get()).isEqualTo(RAN);
        assertThat(rival.get()).isEqualTo(RAN);
        assertThat(waiting.get()).isEqualTo(RAN);
    }

    /** A guest's thread may lose its processor for seconds between two readings of the clock. */
    @Test
    void anEvictionIsDecidedAtOneTime() throws Exception {
        use(new SchedulerLimits(1, 9, LONG, 1, 1));
        Admission other = routeOfAnotherSite();
        CompletableFuture<Outcome> first = runLong(route, "first");
        await(() -> scheduler.longRunning() == 1);
        CompletableFuture<Outcome> rival =
                admit(
                        other,
                        slot -> {
                            slot.onEviction(ended::add);
                            await(() -> scheduler.waiting() == 1);
                            betweenReadings.set(FairQueue.SLOW_FOR.toNanos());
                            slot.tick(LONG_CPU);
                            betweenReadings.set(0);
                        });
        CompletableFuture<Outcome> waiting = admit(other, _ -> {});

        assertThat(rival.get()).isEqualTo(RAN);
        assertThat(waiting.get()).isEqualTo(RAN);
        assertThat(ended).isEmpty();
        release.countDown();
        assertThat(first.get()).isEqualTo(RAN);
    }

    @Test
    void sitesWithLongRunningGuestsHaveHalfOfTheSlots() throws Exception {
        use(new SchedulerLimits(4, 9, LONG, 1, 1));
        Admission other = routeOfAnotherSite();
        CompletableFuture<Outcome> busy = runLong(route, "busy");
        await(() -> scheduler.longRunning() == 1);
        CompletableFuture<Outcome> one = admit(this::hold);
        CompletableFuture<Outcome> two = admit(this::hold);
        CompletableFuture<Outcome> waiting = admit(() -> {});

        assertThat(scheduler.waiting()).isEqualTo(1);
        assertThat(admit(other, _ -> {}).get()).isEqualTo(RAN);
        assertThat(waiting).isNotDone();
        release.countDown();
        assertThat(waiting.get()).isEqualTo(RAN);
        assertThat(one.get()).isEqualTo(RAN);
        assertThat(two.get()).isEqualTo(RAN);
        assertThat(busy.get()).isEqualTo(RAN);
    }

    @Test
    void completionOfALongRunningGuestRunsOnAnotherThread() throws Exception {
        use(new SchedulerLimits(1, 1, LONG, 1, 1));
        var guest = new CompletableFuture<Thread>();
        var rest = new CompletableFuture<Thread>();
        var _ =
                admit(
                        route,
                        slot -> {
                            guest.complete(Thread.currentThread());
                            slot.onEviction(ended::add);
                            while (scheduler.longRunning() == 0) {
                                slot.tick(LONG_CPU);
                            }
                            slot.complete(() -> rest.complete(Thread.currentThread()));
                        });

        assertThat(rest.get()).isNotSameAs(guest.get());
        guest.get().join();
        await(() -> scheduler.running() == 0);
        assertThat(scheduler.longRunning()).isZero();
        assertThat(admit(() -> {}).get()).isEqualTo(RAN);
    }

    @Test
    void completionOfAnyOtherGuestRunsAtOnce() throws Exception {
        var same = new CompletableFuture<Boolean>();
        var _ =
                admit(
                        route,
                        slot -> {
                            Thread own = Thread.currentThread();
                            slot.complete(() -> same.complete(Thread.currentThread().equals(own)));
                        });

        assertThat(same.get()).isTrue();
    }

    @Test
    void aThreadWithLoweredPriorityRunsNoOtherGuest() throws Exception {
        use(new SchedulerLimits(1, 9, LONG, 1, 1));
        var busyThread = new CompletableFuture<Thread>();
        var busy =
                admit(
                        route,
                        slot -> {
                            busyThread.complete(Thread.currentThread());
                            slot.onEviction(ended::add);
                            while (scheduler.longRunning() == 0) {
                                slot.tick(LONG_CPU);
                            }
                        });
        assertThat(busy.get()).isEqualTo(RAN);
        busyThread.get().join();

        assertThat(admit(() -> {}).get()).isEqualTo(RAN);
    }

    @Test
    void aGuestThatThrowsCostsNoThread() throws Exception {
        route.admit(
                _ -> {
                    throw new IllegalStateException("for the test");
                },
                _ -> {});

        assertThat(admit(() -> {}).get()).isEqualTo(RAN);
        assertThat(admit(() -> {}).get()).isEqualTo(RAN);
    }
}
