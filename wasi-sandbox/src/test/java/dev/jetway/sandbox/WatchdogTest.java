package dev.jetway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class WatchdogTest {
    private static final String NAME = "jetway-watchdog";

    @Test
    void waitsWithoutGuestsAndLooksAtTheNext() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (var watchdog = new Watchdog()) {
            Thread thread = started(before);
            for (int i = 0; i < 3; i++) {
                awaitState(thread, Thread.State.WAITING);
                var looks = new CountDownLatch(3);
                var watch = new Watch(GuestLimits.DEFAULT, cpu -> looks.countDown());

                watch.start(System.nanoTime());
                watchdog.add(watch);

                assertThat(looks.await(20, TimeUnit.SECONDS)).isTrue();
                watchdog.remove(watch);
                assertThat(watch.stop()).isEqualTo(Watch.Verdict.NONE);
            }
        }
    }

    @Test
    void endsWhileItWaits() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        Thread thread;
        try (var _ = new Watchdog()) {
            thread = started(before);
            awaitState(thread, Thread.State.WAITING);
        }
        thread.join(20_000);

        assertThat(thread.isAlive()).isFalse();
    }

    private static Thread started(Set<Thread> before) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(t -> t.getName().equals(NAME) && !before.contains(t))
                .findFirst()
                .orElseThrow();
    }

    private static void awaitState(Thread thread, Thread.State state) {
        while (thread.getState() != state) {
            LockSupport.parkNanos(1_000_000);
        }
    }
}
