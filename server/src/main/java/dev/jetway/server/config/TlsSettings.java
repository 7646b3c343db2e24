package dev.jetway.server.config;

import dev.jetway.server.tls.TlsIdentity;
import java.util.List;
import java.util.Optional;

/**
 * How TLS is spoken. Immutable.
 *
 * @param identities who the server is: the one whose certificate names the host that a client asks
 *     for, else the first
 * @param listen where, beside the address for plain HTTP; without it that address speaks TLS
 * @param byName whether certificates are chosen by name, so that a request for another host than
 *     that of its connection is misdirected (RFC 9110 §15.5.20)
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
