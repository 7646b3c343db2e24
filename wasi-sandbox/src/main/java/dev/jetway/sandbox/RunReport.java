package dev.jetway.sandbox;

import dev.jetway.base.ByteSize;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The result of one guest run. Immutable.
 *
 * @param outcome how it ended
 * @param startTime from the call of {@link GuestRun#execute} to the guest's first instruction; zero
 *     if it never came so far
 * @param wallTime from the start of the instance to its end
 * @param cpuTime of its thread, but for the first 10 ms or so of a longer run; of a shorter one the
 *     wall time
 * @param memory linear memory at the end, the most that the guest ever had
 * @param memoryRefusedBy the name of the limit that kept its memory from growing, if one did
 * @param otherLimits names of other limits that it hit without being ended: {@code stderr}, {@code
 *     scratch}, {@code descriptors}
 */
public record RunReport(
        RunOutcome outcome,
        Duration startTime,
        Duration wallTime,
        Duration cpuTime,
        ByteSize memory,
        Optional<String> memoryRefusedBy,
        List<String> otherLimits) {}
