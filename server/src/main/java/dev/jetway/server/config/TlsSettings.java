package dev.jetway.server.config;

import dev.jetway.server.tls.TlsIdentity;
import java.util.List;
import java.util.Optional;

/**
 * Settings of TLS. Immutable.
 *
 * @param identities certificates: used is the one for the client's host name, else the first
 * @param listen address for TLS beside the one for plain HTTP; if empty, that one uses TLS
 * @param byName whether certificates are chosen by name, so that a request for another host than
 *     its connection's is misdirected (RFC 9110 §15.5.20)
 */
public record TlsSettings(
        List<TlsIdentity> identities, Optional<ListenAddress> listen, boolean byName) {
    /** Copies the list. */
    public TlsSettings {
        identities = List.copyOf(identities);
    }

    /** One certificate for all hosts. */
    public static TlsSettings of(TlsIdentity identity, Optional<ListenAddress> listen) {
        return new TlsSettings(List.of(identity), listen, false);
    }
}
