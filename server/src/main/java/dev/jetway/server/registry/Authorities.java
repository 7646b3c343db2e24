package dev.jetway.server.registry;

import dev.jetway.base.BoundedFile;
import dev.jetway.server.registry.http.RegistryException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Authorities of certificates: those of the JDK and those of a file. */
final class Authorities {
    /** Maximum bytes of the file. */
    static final int MAX_BYTES = 1 << 20;

    private Authorities() {}

    /**
     * The authorities with those of a PEM file.
     *
     * @throws RegistryException if it has none
     */
    static KeyStore with(Path file) throws RegistryException {
        Optional<byte[]> pem;
        try {
            pem = BoundedFile.bytes(file, MAX_BYTES);
        } catch (IOException e) {
            throw new RegistryException("the file in 'registry-ca' cannot be read");
        }
        try {
            byte[] bytes =
                    pem.orElseThrow(() ->
                            new RegistryException("the file in 'registry-ca' has more than 1 MiB"));
            var all =
                    new ArrayList<Certificate>(
                            CertificateFactory.getInstance("X.509")
                                    .generateCertificates(new ByteArrayInputStream(bytes)));
            if (all.isEmpty()) {
                throw new RegistryException("the file in 'registry-ca' has no certificate (PEM)");
            }
            all.addAll(standard());
            return store(all);
        } catch (GeneralSecurityException e) {
            throw new RegistryException("the file in 'registry-ca' has no certificate (PEM)");
        }
    }

    private static List<X509Certificate> standard() throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        var authorities = new ArrayList<X509Certificate>();
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                authorities.addAll(List.of(x509.getAcceptedIssuers()));
            }
        }
        return authorities;
    }

    private static KeyStore store(List<Certificate> certificates) throws GeneralSecurityException {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (int i = 0; i < certificates.size(); i++) {
                store.setCertificateEntry("authority-" + i, certificates.get(i));
            }
            return store;
        } catch (IOException e) {
            throw new IllegalStateException("a key store in memory", e);
        }
    }
}
