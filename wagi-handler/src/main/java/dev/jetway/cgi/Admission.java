package dev.jetway.cgi;

import dev.jetway.sandbox.Wait;
import java.time.Duration;
import java.util.function.Consumer;

/** Decides when a guest may run. Safe to share between threads. */
public interface Admission {
    /**
     * Runs {@code guest} on a thread for guests, now or after a bounded wait; or calls {@code
     * refused} with a time after which another try makes sense. Never blocks.
     */
    void admit(Runnable guest, Consumer<Duration> refused);

    /**
     * Lets another guest run while this one, on the calling thread, waits for its client.
     *
     * @param end ends the guest, from any thread: called if too many wait and it has waited longest
     * @throws InterruptedException if the thread was interrupted in between
     */
    void park(Wait wait, Runnable end) throws InterruptedException;
}
