package dev.jetway.sandbox;

import java.time.Duration;

/** How a guest run ended. Immutable. */
public sealed interface RunOutcome {
    /**
     * The guest returned from its entry point (code 0) or called {@code proc_exit}.
     *
     * @param code the exit code; 0 is success
     */
    record Exited(int code) implements RunOutcome {}

    /**
     * The guest trapped, or called a function that the host does not allow.
     *
     * @param reason one line, without anything about the host
     */
    record Trapped(String reason) implements RunOutcome {}

    /**
     * The guest hit its limit of wall time.
     *
     * @param limit the limit that it hit
     */
    record TimeLimitReached(Duration limit) implements RunOutcome {}

    /**
     * The guest hit its limit of processor time.
     *
     * @param limit the limit that it hit
     */
    record CpuLimitReached(Duration limit) implements RunOutcome {}

    /** The caller ended the run, or refused its output. */
    record Cancelled() implements RunOutcome {}

    /**
     * The host had no memory left for this run.
     *
     * @param limit the name of the limit
     */
    record HostMemoryExhausted(String limit) implements RunOutcome {}
}
