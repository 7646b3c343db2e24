package dev.jetway.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jetway.server.config.ConfigurationReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TlsFolderTest {
    @TempDir private Path folder;

    @Test
    void aCertificateWithoutItsKey_isLeftOut_andTheOthersAreRead() throws Exception {
        TestCertificate.live(folder, "a.test");
        TestCertificate.live(folder, "b.test");
        Files.delete(folder.resolve("a.test/privkey.pem"));
        Set<Path> sources = new LinkedHashSet<>();
        TlsFolder read = TlsFolder.read(folder, sources);

        assertThat(read.identities()).containsOnlyKeys("b.test");
        assertThat(read.wrong()).containsExactly("a.test: the file 'privkey.pem' cannot be read");
        assertThat(sources)
                .contains(
                        folder,
                        folder.resolve("a.test/privkey.pem"),
                        folder.resolve("b.test/fullchain.pem"));
    }

    @Test
    void aCertificateWithTheKeyOfAnother_isLeftOut() throws Exception {
        TestCertificate.live(folder, "a.test");
        TestCertificate.live(folder, "b.test");
        Files.copy(
                folder.resolve("a.test/privkey.pem"),
                folder.resolve("b.test/privkey.pem"),
                StandardCopyOption.REPLACE_EXISTING);
        TlsFolder read = TlsFolder.read(folder, new LinkedHashSet<>());

        assertThat(read.identities()).containsOnlyKeys("a.test");
        assertThat(read.wrong())
                .singleElement()
                .asString()
                .startsWith("b.test: the key in 'privkey.pem' does not belong");
    }

    @Test
    void foldersUpToTheBound_areRead_andOneMoreIsAnError() throws Exception {
        for (String name : new String[] {"a", "b", "c"}) {
            Files.createDirectory(folder.resolve(name));
        }
        Files.createFile(folder.resolve("README"));
        assertThat(TlsFolder.read(folder, new LinkedHashSet<>(), 3).wrong()).hasSize(3);

        assertThatThrownBy(() -> TlsFolder.read(folder, new LinkedHashSet<>(), 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + folder.getFileName() + "' has more than 2 folders");
        assertThat(TlsFolder.MAX_CERTIFICATES).isEqualTo(20_000);
    }

    @Test
    void anExpiredCertificate_isUsed_withAWarning() throws Exception {
        Path live = Files.createDirectories(folder.resolve("live/a.test"));
        TestCertificate expired =
                TestCertificate.make(live, "EC", "-startdate", "-10d", "-validity", "5");
        Files.move(expired.certificate(), live.resolve("fullchain.pem"));
        Files.move(expired.key(), live.resolve("privkey.pem"));
        Files.writeString(
                folder.resolve("jetway.toml"),
                """
                [server]
                tls-dir = "live"
                tls-listen = "127.0.0.1:0"
                [[route]]
                path = "/"
                module = "a.wasm"
                """);

        assertThat(new ConfigurationReader(folder, 2).read(folder).warnings())
                .extracting(Object::toString)
                .containsExactly(
                        folder.resolve("jetway.toml")
                                + ":2: warning: 'tls-dir': a.test has expired, or is not valid yet");
    }
}
