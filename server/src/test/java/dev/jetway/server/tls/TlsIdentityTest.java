package dev.jetway.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TlsIdentityTest {
    @TempDir private static Path folder;
    private static TestCertificate rsa;

    @BeforeAll
    static void make() throws Exception {
        rsa = TestCertificate.make(folder, "RSA", "-keysize", "2048");
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "Ed25519"})
    void keysOfTheseKindsAreRead(String algorithm) throws Exception {
        TestCertificate made = TestCertificate.make(folder, algorithm);

        TlsIdentity identity = TlsIdentity.read(made.certificate(), made.key());

        assertThat(identity.chain()).hasSize(1);
        assertThat(KeyStores.of(List.of(identity)).containsAlias(KeyStores.alias(0))).isTrue();
    }

    @Test
    void anRsaKeyIsReadInBothForms() throws Exception {
        TlsIdentity read = TlsIdentity.read(rsa.certificate(), rsa.key());

        assertThat(TlsIdentity.read(rsa.certificate(), rsa.pkcs1(folder))).isEqualTo(read);
        assertThat(read.isValid(Instant.now())).isTrue();
        assertThat(read.isValid(Instant.now().plus(Duration.ofDays(1000)))).isFalse();
        assertThat(read.isValid(Instant.now().minus(Duration.ofDays(1)))).isFalse();
    }

    @Test
    void aKeyOfAnotherCertificateIsRefused() throws Exception {
        TestCertificate other = TestCertificate.make(folder, "RSA", "-keysize", "2048", "-v");

        assertThatThrownBy(() -> TlsIdentity.read(rsa.certificate(), other.key()))
                .hasMessage(
                        "the key in 'RSA3.key' does not belong to the first certificate in"
                                + " 'RSA2.crt'");
        TestCertificate ec = TestCertificate.make(folder, "EC", "-v");
        assertThatThrownBy(() -> TlsIdentity.read(rsa.certificate(), ec.key()))
                .hasMessageContaining("does not belong to");
    }

    @Test
    void invalidFilesAreNamed() throws Exception {
        Path empty = Files.writeString(folder.resolve("empty"), "");
        Path encrypted =
                TestCertificate.pem(
                        folder.resolve("encrypted"), "ENCRYPTED PRIVATE KEY", new byte[9]);
        Path garbage = TestCertificate.pem(folder.resolve("bad.key"), "PRIVATE KEY", new byte[9]);
        Path noCertificate =
                TestCertificate.pem(folder.resolve("bad.crt"), "CERTIFICATE", new byte[9]);
        Path two =
                Files.writeString(
                        folder.resolve("two"),
                        Files.readString(rsa.key()) + Files.readString(rsa.key()));

        assertThatThrownBy(() -> TlsIdentity.read(empty, rsa.key()))
                .hasMessage("'empty' holds no certificate (-----BEGIN CERTIFICATE-----)");
        assertThatThrownBy(() -> TlsIdentity.read(noCertificate, rsa.key()))
                .hasMessage("'bad.crt' holds something that is no certificate");
        assertThatThrownBy(() -> TlsIdentity.read(folder.resolve("missing"), rsa.key()))
                .hasMessage("the file 'missing' cannot be read");
        assertThatThrownBy(() -> TlsIdentity.read(rsa.certificate(), empty))
                .hasMessageStartingWith("'empty' holds no key (");
        assertThatThrownBy(() -> TlsIdentity.read(rsa.certificate(), two))
                .hasMessageStartingWith("'two' holds more than one key (");
        assertThatThrownBy(() -> TlsIdentity.read(rsa.certificate(), encrypted))
                .hasMessageStartingWith("the key in 'encrypted' cannot be read: convert it with");
        assertThatThrownBy(() -> TlsIdentity.read(rsa.certificate(), garbage))
                .hasMessageStartingWith("the key in 'bad.key' cannot be read: convert it with");
    }

    @Test
    void theSizeOfAFileIsBounded() throws Exception {
        String pem = Files.readString(rsa.certificate());
        int room = TlsIdentity.MAX_BYTES - pem.length();
        Path large = folder.resolve("large.crt");

        Files.writeString(large, pem + "\n".repeat(room));
        assertThat(TlsIdentity.read(large, rsa.key()).chain()).hasSize(1);
        Files.writeString(large, pem + "\n".repeat(room + 1));
        assertThatThrownBy(() -> TlsIdentity.read(large, rsa.key()))
                .hasMessage("'large.crt' is larger than 1048576 bytes");
    }
}
