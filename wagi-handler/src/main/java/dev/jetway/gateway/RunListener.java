package dev.jetway.gateway;

/** Takes the record of each request; must not block. Called by many threads. */
public interface RunListener {
    /** One request has ended. */
    void ended(RunRecord record);
}
