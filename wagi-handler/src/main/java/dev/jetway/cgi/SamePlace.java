package dev.jetway.cgi;

import dev.jetway.sandbox.Wait;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * The admission of a request that a guest's own thread makes of the one that it has just run: it
 * goes on in the same place. It cannot be refused, nor wait for the place that it holds itself.
 *
 * @param pool where the place is
 * @param thread who has it
 */
record SamePlace(Admission pool, Thread thread) implements Admission {
    @Override
    public void admit(Runnable guest, Consumer<Duration> refused) {
        if (Thread.currentThread().equals(thread)) {
            guest.run();
        } else {
            // The request went by way of another thread; the place has been given up meanwhile.
            pool.admit(guest, refused);
        }
    }

    @Override
    public void park(Wait wait, Runnable end) throws InterruptedException {
        pool.park(wait, end);
    }
}
