package dev.jetway.server.config;

import dev.jetway.server.tls.TlsIdentity;
import java.util.Optional;

/**
 * How TLS is spoken. Immutable.
 *
 * @param identity who the server is
 * @param listen where, beside the address for plain HTTP; without it that address speaks TLS
 */
public record TlsSettings(TlsIdentity identity, Optional<ListenAddress> listen) {}
