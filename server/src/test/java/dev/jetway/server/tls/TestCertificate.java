package dev.jetway.server.tls;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** A certificate for localhost, made for one test, and its key, as PEM files. */
public record TestCertificate(KeyStore store, Path certificate, Path key) {
    /** The offset of the PKCS#1 form in the PKCS#8 form of a 2048-bit RSA key. */
    private static final int PKCS8_HEAD = 26;

    private static final char[] PASSWORD = "changeit".toCharArray();

    /**
     * Creates a certificate with the JDK's keytool.
     *
     * @param algorithm {@code RSA}, {@code EC} or {@code Ed25519}
     * @param more further options of keytool
     */
    public static TestCertificate make(Path folder, String algorithm, String... more)
            throws IOException, InterruptedException, GeneralSecurityException {
        return forNames(folder, "DNS:localhost,IP:127.0.0.1", algorithm, more);
    }

    /** Creates a certificate for a host, in a folder of its name with certbot's files. */
    public static TestCertificate live(Path folder, String host)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path own = Files.createDirectories(folder.resolve(host));
        TestCertificate made = forNames(own, "DNS:" + host, "EC");
        Files.delete(own.resolve("EC0.p12"));
        Path chain = Files.move(made.certificate, own.resolve("fullchain.pem"), REPLACE_EXISTING);
        Path key = Files.move(made.key, own.resolve("privkey.pem"), REPLACE_EXISTING);
        return new TestCertificate(made.store, chain, key);
    }

    private static TestCertificate forNames(
            Path folder, String names, String algorithm, String... more)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path file = folder.resolve(algorithm + more.length + ".p12");
        var command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                "server",
                                "-keyalg",
                                algorithm,
                                "-dname",
                                "CN=localhost",
                                "-ext",
                                "SAN=" + names,
                                "-keystore",
                                file.toString(),
                                "-storepass",
                                new String(PASSWORD)));
        command.addAll(Arrays.asList(more));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IOException(output);
        }
        var store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return new TestCertificate(
                store,
                pem(
                        folder.resolve(algorithm + more.length + ".crt"),
                        "CERTIFICATE",
                        store.getCertificate("server").getEncoded()),
                pem(
                        folder.resolve(algorithm + more.length + ".key"),
                        "PRIVATE KEY",
                        store.getKey("server", PASSWORD).getEncoded()));
    }

    /** The RSA key in its older form. */
    Path pkcs1(Path folder) throws IOException, GeneralSecurityException {
        byte[] pkcs8 = store.getKey("server", PASSWORD).getEncoded();
        byte[] pkcs1 = Arrays.copyOfRange(pkcs8, PKCS8_HEAD, pkcs8.length);
        return pem(folder.resolve("pkcs1.key"), "RSA PRIVATE KEY", pkcs1);
    }

    static Path pem(Path file, String label, byte[] der) throws IOException {
        return Files.writeString(
                file,
                "Some words before.\n-----BEGIN "
                        + label
                        + "-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                        + "\n-----END "
                        + label
                        + "-----\n");
    }
}
