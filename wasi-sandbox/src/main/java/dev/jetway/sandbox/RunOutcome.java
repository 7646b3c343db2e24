package dev.jetway.sandbox;

import java.time.Duration;

/** How a guest run ended. Immutable. */
public sealed interface RunOutcome {
    /**
     * The guest came to its end: it returned from its entry point (code 0) or called {@code
     * proc_exit}.
     *
     * @param code the exit code; 0 is success
     */
    record Exited(int code) implements RunOutcome {}

    /**
     * The guest did what WebAssembly forbids, or called what the host does not allow.
     *
     * @param reason one line, without anything about the host
     */
    record Trapped(String reason) implements RunOutcome {}

    /**
     * The guest ran longer than it may.
     *
     * @param limit the limit that it hit
     */
    record TimeLimitReached(Duration limit) implements RunOutcome {}

    /**
     * The guest used more of a processor than it may.
     *
     * @param limit the limit that it hit
     */
    record CpuLimitReached(Duration limit) implements RunOutcome {}

    /** The caller of the run asked for its end, or took no more output. */
    record Cancelled() implements RunOutcome {}

    /**
     * The host had no memory left for this run.
     *
     * @param limit the name of the limit that says so
     */
    record HostMemoryExhausted(String limit) implements RunOutcome {}
}
