package dev.jetway.server.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;

/** Key stores in memory, without a password, as TLS implementations demand them. */
public final class KeyStores {
    private KeyStores() {}

    /** A store with certificates; the first is for clients that name no host. */
    public static KeyStore of(List<TlsIdentity> identities) {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (int i = 0; i < identities.size(); i++) {
                TlsIdentity one = identities.get(i);
                store.setKeyEntry(
                        alias(i), one.key(), new char[0], one.chain().toArray(Certificate[]::new));
            }
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("a key store in memory", e);
        }
    }

    /** The alias of an identity in a store. */
    public static String alias(int index) {
        return "server-" + index;
    }
}
