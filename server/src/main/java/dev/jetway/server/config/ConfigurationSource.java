package dev.jetway.server.config;

import dev.jetway.server.config.table.ConfigurationException;

/** Where the configuration is read from, again and again. Safe to share between threads. */
@FunctionalInterface
public interface ConfigurationSource {
    /**
     * The configuration as it is now.
     *
     * @throws ConfigurationException with all errors and warnings, if there is an error
     */
    Configuration read() throws ConfigurationException;
}
