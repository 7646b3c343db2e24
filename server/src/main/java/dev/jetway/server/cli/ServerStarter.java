package dev.jetway.server.cli;

import dev.jetway.server.config.Configuration;
import java.io.PrintWriter;

/** Starts the server for the command line; the wiring lies elsewhere. */
@FunctionalInterface
public interface ServerStarter {
    /** Starts, and prints where it listens and what it loaded. */
    RunningServer start(Configuration configuration, PrintWriter out) throws Exception;
}
