package dev.jetway.server.cli;

import dev.jetway.server.config.Configuration;
import dev.jetway.server.config.ConfigurationSource;
import java.io.PrintWriter;

/** Starts the server for the command line; the wiring lies elsewhere. */
@FunctionalInterface
public interface ServerStarter {
    /**
     * Starts, and prints where it listens and what it loaded.
     *
     * @param first what is served at first
     * @param source where it is read from again
     */
    RunningServer start(Configuration first, ConfigurationSource source, PrintWriter out)
            throws Exception;
}
