package dev.jetway.server.http;

import dev.jetway.server.tls.TlsIdentity;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** The TLS side of a server, whose certificate can change while it serves. Safe to share. */
public final class TlsContext {
    private final SslContextFactory.Server factory = new SslContextFactory.Server();

    TlsContext(TlsIdentity identity) {
        set(factory, identity);
        factory.setKeyStorePassword("");
        factory.setIncludeProtocols("TLSv1.3", "TLSv1.2");
    }

    private static void set(SslContextFactory into, TlsIdentity identity) {
        into.setKeyStore(identity.keyStore());
    }

    SslContextFactory.Server factory() {
        return factory;
    }

    /** Shows another certificate on connections that are opened from now on. */
    public void use(TlsIdentity identity) {
        try {
            factory.reload(changed -> set(changed, identity));
        } catch (Exception e) {
            throw new IllegalStateException("a certificate that has been read is not taken", e);
        }
    }
}
