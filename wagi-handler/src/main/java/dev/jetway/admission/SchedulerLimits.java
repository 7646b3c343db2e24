package dev.jetway.admission;

import java.time.Duration;

/**
 * How many guests and requests there may be, of all sites. Immutable.
 *
 * @param places guests that come and go at once
 * @param waiting requests that wait for a place
 * @param patience how long one waits
 * @param parked guests that wait for their clients without a place
 * @param lasting guests that have run for long and have left their places; 0 if they keep them
 */
public record SchedulerLimits(
        int places, int waiting, Duration patience, int parked, int lasting) {}
