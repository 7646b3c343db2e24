package dev.jetway.gateway;

import dev.jetway.failure.Failure;
import dev.jetway.route.RunModule;
import dev.jetway.sandbox.Program;
import java.util.function.Consumer;

/** What a route runs, which may have to be loaded first. Safe to share between threads. */
@FunctionalInterface
public interface ProgramSource {
    /** Calls one of the two: now, or after a bounded wait and on another thread. Never blocks. */
    void ask(Consumer<Ready> ready, Consumer<Failure> failed);

    /**
     * A program that can be run.
     *
     * @param action as the module turned out to need it: an interpreter takes no arguments from
     *     requests
     * @param program what runs for each request
     */
    record Ready(RunModule action, Program program) {}
}
