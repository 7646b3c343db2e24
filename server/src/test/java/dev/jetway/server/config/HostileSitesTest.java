package dev.jetway.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.server.config.site.SiteState;
import dev.jetway.server.config.site.SiteStatus;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders that were made to do harm: one message with its place, and the others undisturbed. */
@Timeout(120)
final class HostileSitesTest {
    @TempDir private Path folder;
    private ConfigurationReader reader;

    @BeforeEach
    void makeSites() throws IOException {
        folder = folder.toRealPath();
        reader = new ConfigurationReader(folder, 2, Optional.of(folder.resolve("state")));
        Files.createDirectories(folder.resolve("conf/sites/a.example/public"));
        Files.createDirectories(folder.resolve("conf/sites/b.example/public"));
        Files.writeString(folder.resolve("conf/jetway.toml"), "sites = \"sites/*\"\n");
    }

    private Path site(String name) {
        return folder.resolve("conf/sites").resolve(name);
    }

    private Configuration read() throws Exception {
        return reader.read(Path.of("conf"));
    }

    private static SiteStatus status(Configuration from, String site) {
        return from.sites().stream().filter(s -> s.name().equals(site)).findFirst().orElseThrow();
    }

    /** Contents of a file of settings. */
    enum Content {
        BINARY("is not UTF-8 text") {
            @Override
            void write(Path file) throws IOException {
                Files.write(file, new byte[] {0x7f, 'E', 'L', 'F', (byte) 0xff, 0, 1});
            }
        },
        NULS("not valid TOML") {
            @Override
            void write(Path file) throws IOException {
                Files.write(file, new byte[1000]);
            }
        },
        HUGE("is larger than 4194304 bytes") {
            @Override
            void write(Path file) throws IOException {
                Files.write(file, new byte[(4 << 20) + 1]);
            }
        },
        SPARSE_AND_ENDLESS("is larger than 4194304 bytes") {
            @Override
            void write(Path file) throws IOException {
                try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
                    sparse.setLength(1L << 40);
                }
            }
        },
        NESTED("not valid TOML") {
            @Override
            void write(Path file) throws IOException {
                Files.writeString(file, "a = " + "[".repeat(100_000));
            }
        },
        A_FOLDER("is a link or a folder") {
            @Override
            void write(Path file) throws IOException {
                Files.createDirectory(file);
            }
        },
        A_LINK_TO_ITSELF("is a link or a folder") {
            @Override
            void write(Path file) throws IOException {
                Files.createSymbolicLink(file, file.getFileName());
            }
        },
        A_LINK_TO_ANOTHER_SITES("is a link or a folder") {
            @Override
            void write(Path file) throws IOException {
                Files.createSymbolicLink(file, Path.of("../b.example/site.toml"));
            }
        },
        A_PIPE("is a link or a folder") {
            @Override
            void write(Path file) throws IOException {
                var made = new ProcessBuilder("mkfifo", file.toString()).start();
                assertThat(made.onExit().join().exitValue()).isZero();
            }
        };

        private final String message;

        Content(String message) {
            this.message = message;
        }

        abstract void write(Path file) throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    void aBadFileOfASite_isOneMessage_andTheSiteIsServedAsBefore(Content content) throws Exception {
        assertThat(read().warnings()).isEmpty();
        for (String name : List.of("site.toml", "modules.toml")) {
            content.write(site("a.example").resolve(name));
            Configuration read = read();

            assertThat(status(read, "a.example").state()).isEqualTo(SiteState.KEPT);
            assertThat(status(read, "a.example").problems())
                    .singleElement()
                    .asString()
                    .startsWith("conf/sites/a.example/" + name)
                    .contains(content.message);
            assertThat(status(read, "b.example").state()).isEqualTo(SiteState.SERVED);
            assertThat(reader.sitesRead()).isEqualTo(1);
            Files.delete(site("a.example").resolve(name));
        }
        assertThat(status(read(), "a.example").state()).isEqualTo(SiteState.SERVED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"public", "cgi-bin", "data", "tmp"})
    void aFolderThatIsALoopOrLeadsOut_isNotServed(String name) throws Exception {
        Path place = site("a.example").resolve(name);
        Files.deleteIfExists(place);
        Files.createSymbolicLink(place, Path.of(name));
        assertThat(status(read(), "b.example").state()).isEqualTo(SiteState.SERVED);

        Files.delete(place);
        Files.createSymbolicLink(place, Path.of("../b.example"));
        Configuration read = read();
        assertThat(status(read, "a.example").problems())
                .singleElement()
                .asString()
                .contains(
                        "conf/sites/a.example/" + name + ": error: leads out of the site's folder");
        assertThat(status(read, "b.example").state()).isEqualTo(SiteState.SERVED);
    }

    @Test
    void foldersThatAppearAndVanishDuringScans_disturbNoOther() throws Exception {
        var writer =
                Thread.ofPlatform()
                        .start(() -> {
                            try {
                                flicker();
                            } catch (IOException e) {
                                throw new AssertionError(e);
                            }
                        });
        int reads = 0;
        while (writer.isAlive() || reads < 10) {
            Configuration read = read();
            assertThat(status(read, "a.example").state()).isEqualTo(SiteState.SERVED);
            assertThat(status(read, "b.example").state()).isEqualTo(SiteState.SERVED);
            reads++;
        }
        writer.join();

        assertThat(read().sites())
                .extracting(SiteStatus::name)
                .containsExactly("a.example", "b.example");
    }

    private void flicker() throws IOException {
        for (int i = 0; i < 300; i++) {
            Path made = site("c" + i % 3 + ".example");
            Files.createDirectories(made.resolve("cgi-bin"));
            Files.writeString(made.resolve("site.toml"), "index = [\"a.html\"]\n");
            Files.writeString(made.resolve("cgi-bin/a.wat"), "(module)");
            try (Stream<Path> all = Files.walk(made)) {
                for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(one);
                }
            }
        }
    }

    @Test
    void tenThousandFilesThatChangeAtOnce_areOneReadingOfOneSite() throws Exception {
        Path programs = Files.createDirectories(site("a.example").resolve("cgi-bin"));
        for (int i = 0; i < 9_999; i++) {
            Files.createFile(programs.resolve("p" + i + ".wasm"));
        }
        assertThat(read().routes()).hasSize(9_999 + 3);
        for (int i = 0; i < 9_999; i++) {
            Files.setLastModifiedTime(
                    programs.resolve("p" + i + ".wasm"), FileTime.from(Instant.ofEpochSecond(i)));
        }
        Files.move(programs.resolve("p1.wasm"), programs.resolve("q.wasm"));
        Configuration read = read();

        assertThat(reader.sitesRead()).isEqualTo(1);
        assertThat(read.routes()).hasSize(9_999 + 3);
        assertThat(read.warnings()).isEmpty();
    }
}
