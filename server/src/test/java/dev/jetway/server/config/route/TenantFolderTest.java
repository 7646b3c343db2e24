package dev.jetway.server.config.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TenantFolderTest {
    @TempDir private Path folder;
    private Path real;
    private TenantFolder site;

    @BeforeEach
    void makeSite() throws IOException {
        folder = folder.toRealPath();
        real = Files.createDirectory(folder.resolve("site"));
        site = new TenantFolder(real);
        Files.createDirectory(folder.resolve("site2"));
        Files.writeString(folder.resolve("secret"), "secret");
        Files.createDirectories(real.resolve("a/b"));
        Files.writeString(real.resolve("a/b/c"), "text");
        Files.createSymbolicLink(real.resolve("out"), folder);
        Files.createSymbolicLink(real.resolve("in"), Path.of("a"));
        Files.createSymbolicLink(real.resolve("file"), folder.resolve("secret"));
        Files.createSymbolicLink(real.resolve("nowhere"), folder.resolve("missing"));
    }

    @Test
    void inside_isThePathWithoutLinks() {
        assertThat(site.inside(real.resolve("a/b"))).isEqualTo(real.resolve("a/b"));
        assertThat(site.inside(real.resolve("in/b"))).isEqualTo(real.resolve("a/b"));
        assertThat(site.inside(real.resolve("in/new/x"))).isEqualTo(real.resolve("a/new/x"));
        assertThat(site.inside(real)).isEqualTo(real);
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../site2", "../secret", "out", "out/secret", "out/new", "file"})
    void inside_whatLeadsOut_isRefused(String name) {
        assertThatThrownBy(() -> site.inside(real.resolve(name).normalize()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("leads out of the site's folder");
    }

    @Test
    void text_isReadFromAHandle_upToALimit() throws IOException {
        assertThat(site.text(real.resolve("a/b/c"), 4)).contains("text");
        assertThat(site.text(real.resolve("a/b/c"), 3)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"in/b/c", "out/secret", "file", "nowhere", "a", "missing"})
    void text_ofALinkOrWhatIsNoFile_isRefused(String name) {
        assertThatThrownBy(() -> site.text(real.resolve(name), 100))
                .isInstanceOf(IOException.class);
    }
}
