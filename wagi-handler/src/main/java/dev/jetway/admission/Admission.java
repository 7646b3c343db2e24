package dev.jetway.admission;

import dev.jetway.failure.Failure;
import java.util.Optional;
import java.util.function.Consumer;

/** Decides when the guests of one route may run. Safe to share between threads. */
public interface Admission {
    /**
     * A request has come: counts it for the rates of its route and site, and says whether it would
     * be refused now, before anything else is done for it. Never blocks.
     */
    Optional<Failure> enter();

    /**
     * Runs {@code guest} on a thread for guests, now or after a bounded wait; or calls {@code
     * refused} with the reason. Never blocks.
     */
    void admit(Consumer<Slot> guest, Consumer<Failure> refused);
}
