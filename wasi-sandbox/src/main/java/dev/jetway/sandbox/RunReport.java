package dev.jetway.sandbox;

import dev.jetway.unit.ByteSize;
import java.time.Duration;

/**
 * What one guest run came to. Immutable.
 *
 * @param outcome how it ended
 * @param wallTime from the start of the instance to its end
 * @param memory linear memory at the end, the most that the guest ever had
 * @param memoryLimitReached whether the memory ended at the most that it was allowed
 */
public record RunReport(
        RunOutcome outcome, Duration wallTime, ByteSize memory, boolean memoryLimitReached) {}
