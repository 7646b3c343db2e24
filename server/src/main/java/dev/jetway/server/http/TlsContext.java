package dev.jetway.server.http;

import dev.jetway.server.tls.KeyStores;
import dev.jetway.server.tls.TlsIdentity;
import java.util.List;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * The TLS side of a server, whose certificates can change while it serves. Safe to share between
 * threads.
 */
public final class TlsContext {
    private final SslContextFactory.Server factory = new SslContextFactory.Server();

    TlsContext(List<TlsIdentity> identities) {
        set(factory, identities);
        factory.setKeyStorePassword("");
        factory.setIncludeProtocols("TLSv1.3", "TLSv1.2");
    }

    private static void set(SslContextFactory into, List<TlsIdentity> identities) {
        into.setKeyStore(KeyStores.of(identities));
        into.setCertAlias(identities.size() == 1 ? KeyStores.alias(0) : null);
    }

    SslContextFactory.Server factory() {
        return factory;
    }

    /** Uses other certificates for new connections. */
    public void use(List<TlsIdentity> identities) {
        try {
            factory.reload(changed -> set(changed, identities));
        } catch (Exception e) {
            throw new IllegalStateException("a certificate that has been read is not taken", e);
        }
    }
}
