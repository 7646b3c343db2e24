package dev.jetway.server.registry.http;

import java.util.Optional;

/** Credentials by the host that they are for. */
@FunctionalInterface
public interface Credentials {
    /**
     * The credential of a registry.
     *
     * @param host as the operator wrote it, {@code HOST[:PORT]}
     * @throws RegistryException if there is one that cannot be had
     */
    Optional<Credential> of(String host) throws RegistryException;
}
