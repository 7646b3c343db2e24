package dev.jetway.gateway;

import dev.jetway.failure.Failure;
import dev.jetway.route.RunModule;
import dev.jetway.sandbox.Program;
import java.util.function.Consumer;

/** The program of a route, loaded if necessary. Safe to share between threads. */
@FunctionalInterface
public interface ProgramSource {
    /** Calls one of the two: now, or after a bounded wait on another thread. Never blocks. */
    void ask(Consumer<Ready> ready, Consumer<Failure> failed);

    /**
     * A loaded program.
     *
     * @param action the action as its module requires it: an interpreter takes no arguments from
     *     requests
     * @param program runs each request
     */
    record Ready(RunModule action, Program program) {}
}
