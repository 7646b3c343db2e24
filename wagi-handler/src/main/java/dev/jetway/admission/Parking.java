package dev.jetway.admission;

import dev.jetway.sandbox.Wait;

/**
 * How a guest's thread waits for its client: without its place among the running guests, and
 * without its time running on.
 */
@FunctionalInterface
public interface Parking {
    /**
     * Returns some time after {@code wait} has.
     *
     * @throws InterruptedException if the run is to end
     */
    void through(Wait wait) throws InterruptedException;
}
