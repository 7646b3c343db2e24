package dev.jetway.server.cli;

import dev.jetway.server.config.Configuration;
import dev.jetway.server.config.ConfigurationSource;
import java.io.PrintWriter;

/** Starts the server for the command line, which does not know its wiring. */
@FunctionalInterface
public interface ServerStarter {
    /**
     * Starts a server, and prints its addresses and its modules.
     *
     * @param first the first configuration
     * @param source reads it again
     */
    RunningServer start(Configuration first, ConfigurationSource source, PrintWriter out)
            throws Exception;
}
