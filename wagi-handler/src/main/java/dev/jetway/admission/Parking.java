package dev.jetway.admission;

import dev.jetway.sandbox.Wait;

/** Lets a guest's thread wait for its client without a slot and without a count of the time. */
@FunctionalInterface
public interface Parking {
    /**
     * Waits as {@code wait} does, and then for a slot.
     *
     * @throws InterruptedException if the run must end
     */
    void through(Wait wait) throws InterruptedException;
}
