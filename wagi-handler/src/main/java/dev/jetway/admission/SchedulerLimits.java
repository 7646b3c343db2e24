package dev.jetway.admission;

import java.time.Duration;

/**
 * Limits of guests and requests of all sites together. Immutable.
 *
 * @param slots number of slots, for short runs
 * @param waiting requests that wait for a slot
 * @param maximumWait time that a request waits at most
 * @param parked guests that wait for their clients without a slot
 * @param longRunning long-running guests, which leave their slots; 0 if they keep them
 */
public record SchedulerLimits(
        int slots, int waiting, Duration maximumWait, int parked, int longRunning) {}
