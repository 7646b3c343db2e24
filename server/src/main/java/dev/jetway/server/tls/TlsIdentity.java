package dev.jetway.server.tls;

import dev.jetway.base.BoundedFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A certificate chain and its key. Immutable; safe to share between threads.
 *
 * @param chain the server's own certificate first
 * @param key its private key
 */
public record TlsIdentity(List<X509Certificate> chain, PrivateKey key) {
    /** Maximum bytes of a file. */
    public static final int MAX_BYTES = 1 << 20;

    /** Copies the list. */
    public TlsIdentity {
        chain = List.copyOf(chain);
    }

    /**
     * Reads two PEM files.
     *
     * @throws IllegalArgumentException naming the file and its fault
     */
    public static TlsIdentity read(Path certificates, Path key) {
        var identity =
                new TlsIdentity(
                        chain(bytes(certificates), certificates),
                        PemKey.parse(new String(bytes(key), StandardCharsets.ISO_8859_1), key));
        if (!KeyPairs.belongTogether(identity.chain.getFirst().getPublicKey(), identity.key)) {
            throw new IllegalArgumentException(
                    "the key in '"
                            + key.getFileName()
                            + "' does not belong to the first certificate in '"
                            + certificates.getFileName()
                            + "'");
        }
        return identity;
    }

    private static byte[] bytes(Path file) {
        try {
            return BoundedFile.bytes(file, MAX_BYTES)
                    .orElseThrow(() ->
                            new IllegalArgumentException(
                                    "'"
                                            + file.getFileName()
                                            + "' is larger than "
                                            + MAX_BYTES
                                            + " bytes"));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the file '" + file.getFileName() + "' cannot be read", e);
        }
    }

    private static List<X509Certificate> chain(byte[] pem, Path file) {
        var chain = new ArrayList<X509Certificate>();
        try {
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(pem))) {
                chain.add((X509Certificate) certificate);
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "'" + file.getFileName() + "' holds something that is no certificate", e);
        }
        if (chain.isEmpty()) {
            throw new IllegalArgumentException(
                    "'"
                            + file.getFileName()
                            + "' holds no certificate (-----BEGIN CERTIFICATE-----)");
        }
        return chain;
    }

    /** Whether the certificate is valid at a time. */
    public boolean isValid(Instant then) {
        X509Certificate own = chain.getFirst();
        return !then.isBefore(own.getNotBefore().toInstant())
                && !then.isAfter(own.getNotAfter().toInstant());
    }
}
