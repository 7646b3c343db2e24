package dev.jetway.admission;

import dev.jetway.failure.Failure;
import java.util.Optional;
import java.util.function.Consumer;

/** Decides when the guests of one route may run. Safe to share between threads. */
public interface Admission {
    /**
     * Counts a new request for the rates of its route and site, and returns the failure if it is
     * refused now, before any other work for it. Never blocks.
     */
    Optional<Failure> enter();

    /**
     * Runs {@code guest} on a guest thread, now or after a bounded wait, or calls {@code refused}
     * with the reason. Never blocks.
     */
    void admit(Consumer<Slot> guest, Consumer<Failure> refused);
}
