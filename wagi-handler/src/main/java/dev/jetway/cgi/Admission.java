package dev.jetway.cgi;

import java.time.Duration;
import java.util.function.Consumer;

/** Decides when a guest may run. Safe to share between threads. */
public interface Admission {
    /**
     * Runs {@code guest} on a thread for guests, now or after a bounded wait; or calls {@code
     * refused} with a time after which another try makes sense. Never blocks.
     */
    void admit(Runnable guest, Consumer<Duration> refused);
}
