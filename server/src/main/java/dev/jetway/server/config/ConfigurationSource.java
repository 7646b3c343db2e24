package dev.jetway.server.config;

import dev.jetway.server.config.table.ConfigurationException;

/** Reads the configuration, repeatedly. Safe to share between threads. */
@FunctionalInterface
public interface ConfigurationSource {
    /**
     * The current configuration.
     *
     * @throws ConfigurationException with all errors and warnings, if there is an error
     */
    Configuration read() throws ConfigurationException;
}
