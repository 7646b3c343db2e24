package dev.jetway.admission;

import java.time.Duration;

/**
 * How many guests and requests there may be, of all sites. Immutable.
 *
 * @param places slots, for guests that come and go
 * @param waiting requests that wait for a slot
 * @param patience how long one waits
 * @param parked guests that wait for their clients without a slot
 * @param longRunning guests that have run for long and have left their slots; 0 if they keep them
 */
public record SchedulerLimits(
        int places, int waiting, Duration patience, int parked, int longRunning) {}
