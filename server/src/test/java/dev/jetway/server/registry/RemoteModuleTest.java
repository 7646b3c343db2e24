package dev.jetway.server.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jetway.base.ByteSize;
import dev.jetway.module.source.ModuleException;
import dev.jetway.module.source.ModuleException.Reason;
import dev.jetway.module.source.ModuleVersion;
import dev.jetway.server.registry.http.RegistryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Modules of other machines as the module cache sees them, and the folder that keeps them. */
@Timeout(60)
final class RemoteModuleTest {
    private static final byte[] ONE = TestModules.module(1);
    private static final byte[] TWO = TestModules.module(2);

    @TempDir private Path folder;
    private FakeRegistry registry;

    @BeforeEach
    void open() throws IOException {
        registry = new FakeRegistry();
    }

    @AfterEach
    void close() throws IOException {
        registry.close();
    }

    private RemotePlace place() {
        return RemotePlace.parse("oci://" + registry.host() + "/a:1");
    }

    private RemoteModule module() {
        return new RemoteModule(place(), TestModules.in(folder));
    }

    private static byte[] fetch(RemoteModule module) throws Exception {
        return module.fetch(TestModules.LIMIT).bytes();
    }

    @Test
    void fetch_oncePulled_needsNoRegistry() throws Exception {
        registry.module("a", "1", ONE);
        assertThat(module().isLocal()).isFalse();
        assertThat(fetch(module())).isEqualTo(ONE);
        registry.close();

        assertThat(module().isLocal()).isTrue();
        assertThat(fetch(module())).isEqualTo(ONE);
    }

    @Test
    void fetch_failure_isOneThatPasses() throws IOException {
        RemoteModule module = module();
        registry.close();

        assertThatThrownBy(() -> fetch(module))
                .isInstanceOfSatisfying(
                        ModuleException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.UNREADABLE));
    }

    @Test
    void version_changesWithWhatIsRecorded() throws Exception {
        ModuleVersion never = module().version();
        registry.module("a", "1", ONE);
        fetch(module());
        ModuleVersion first = module().version();
        registry.module("a", "1", TWO);
        assertThat(module().version()).isEqualTo(first).isNotEqualTo(never);

        new Puller(TestModules.in(folder), InstantSource.system()).pull(place(), TestModules.LIMIT);

        assertThat(module().version()).isNotEqualTo(first);
        assertThat(fetch(module())).isEqualTo(TWO);
    }

    @Test
    void version_ofAWebServersFile_comesWithItsContent() throws Exception {
        registry.answer("/x.wasm", FakeRegistry.Reply.of(ONE, "application/wasm"));
        var module =
                new RemoteModule(
                        RemotePlace.parse(
                                "http://" + registry.host() + "/x.wasm@" + Digest.of(ONE)),
                        TestModules.in(folder));
        ModuleVersion never = module.version();

        assertThat(fetch(module)).isEqualTo(ONE);
        assertThat(module.version()).isNotEqualTo(never);
        registry.close();
        assertThat(fetch(module)).isEqualTo(ONE);
    }

    /**
     * A damaged file is pulled again: by the tag, or by the recorded digest if tags may not move.
     */
    @ParameterizedTest
    @CsvSource({"false, 2", "true, 1"})
    void fetch_aDamagedContent_isPulledAgain(boolean refuse, int number) throws Exception {
        RegistrySettings settings = refuse ? TestModules.refusing(folder) : TestModules.in(folder);
        registry.module("a", "1", ONE);
        fetch(new RemoteModule(place(), settings));
        Files.writeString(folder.resolve("modules/" + Digest.of(ONE).hex() + ".wasm"), "damaged");
        registry.module("a", "1", TWO);

        assertThat(fetch(new RemoteModule(place(), settings)))
                .isEqualTo(TestModules.module(number));
    }

    @Test
    void fetch_aDamagedRecord_isPulledAgain() throws Exception {
        registry.module("a", "1", ONE);
        fetch(module());
        for (Path record : files("places")) {
            String text = Files.readString(record);
            for (String damaged :
                    List.of(
                            "",
                            "x",
                            text.substring(0, text.length() / 2),
                            text.replace("a:1", "b"))) {
                Files.writeString(record, damaged);
                assertThat(module().isLocal()).as(damaged).isFalse();
            }
        }

        assertThat(fetch(module())).isEqualTo(ONE);
        assertThat(module().isLocal()).isTrue();
    }

    private List<Path> files(String name) throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve(name))) {
            return all.toList();
        }
    }

    @Test
    void folder_thatOthersMayWrite_isNotTrusted() throws Exception {
        registry.module("a", "1", ONE);
        fetch(module());
        Files.setPosixFilePermissions(
                folder.resolve("places"), PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThat(module().isLocal()).isFalse();
        assertThatThrownBy(() -> fetch(module())).hasMessageContaining("others have access");
    }

    @Test
    void folder_leavesNothingUnfinished() throws Exception {
        registry.module("a", "1", ONE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<byte[]> pull = () -> fetch(module());
            for (var pulled : threads.invokeAll(List.of(pull, pull, pull, pull))) {
                assertThat(pulled.get()).isEqualTo(ONE);
            }
        }

        assertThat(files("modules")).hasSize(1);
        assertThat(files("places")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"26, true", "25, false"})
    void folder_holdsUpToItsSize(int size, boolean fits) throws Exception {
        var settings = TestModules.of(folder, new ByteSize(size));
        registry.module("a", "1", ONE);
        registry.module("b", "1", TWO);
        fetch(new RemoteModule(place(), settings));
        var other =
                new RemoteModule(RemotePlace.parse("oci://" + registry.host() + "/b:1"), settings);

        if (fits) {
            assertThat(fetch(other)).isEqualTo(TWO);
        } else {
            assertThatThrownBy(() -> fetch(other))
                    .hasMessageContaining("registry-cache-size")
                    .hasMessageContaining("25B");
        }
        assertThat(fetch(new RemoteModule(place(), settings))).isEqualTo(ONE);
    }

    @Test
    void folder_dropsWhatNoRecordNames_whenItIsOldOrRoomIsNeeded() throws Exception {
        registry.module("a", "1", ONE);
        fetch(module());
        moveTag(TestModules.in(folder), TWO);
        assertThat(files("modules")).hasSize(2);
        Files.setLastModifiedTime(
                folder.resolve("modules/" + Digest.of(ONE).hex() + ".wasm"),
                FileTime.from(Instant.now().minus(PullCache.UNUSED).minusSeconds(60)));
        moveTag(TestModules.in(folder), TestModules.module(3));
        assertThat(files("modules")).hasSize(2);
        moveTag(TestModules.of(folder, new ByteSize(26)), TestModules.module(4));

        assertThat(files("modules")).hasSize(2);
        assertThat(fetch(module())).isEqualTo(TestModules.module(4));
    }

    private void moveTag(RegistrySettings settings, byte[] module)
            throws RegistryException, InterruptedException {
        registry.module("a", "1", module);
        new Puller(settings, InstantSource.system()).pull(place(), TestModules.LIMIT);
    }

    @Test
    void tags_thatMoved_areFollowedOrRefused() throws Exception {
        registry.module("a", "1", ONE);
        var following = module();
        var refusing = new RemoteModule(place(), TestModules.refusing(folder.resolve("other")));
        fetch(following);
        fetch(refusing);
        registry.module("a", "1", TWO);
        try (var checks = new TagChecks(TestModules.LIMIT)) {
            checks.check(following);
            checks.check(refusing);
        }

        assertThat(fetch(following)).isEqualTo(TWO);
        assertThat(fetch(refusing)).isEqualTo(ONE);
    }

    @Test
    void tags_areCheckedOnlyWhereTheyCanMove() throws Exception {
        Digest manifest = registry.module("a", "1", ONE);
        var pinned =
                new RemoteModule(
                        RemotePlace.parse(place() + "@" + manifest), TestModules.in(folder));
        fetch(pinned);
        int before = registry.requests().size();
        try (var checks = new TagChecks(TestModules.LIMIT)) {
            checks.check(pinned);
            checks.check(new RemoteModule(place(), TestModules.in(folder)));
        }

        assertThat(registry.requests()).hasSize(before);
    }

    @Test
    void tags_ofARegistryThatIsAway_staySo() throws Exception {
        registry.module("a", "1", ONE);
        fetch(module());
        registry.close();
        try (var checks = new TagChecks(TestModules.LIMIT)) {
            checks.check(module());
        }

        assertThat(fetch(module())).isEqualTo(ONE);
    }

    @Test
    void record_text_isReadAsItIsWritten() {
        var record =
                new PullRecord(
                        "oci://r/a:1",
                        Optional.of(Digest.of("m".getBytes(UTF_8))),
                        Digest.of(ONE),
                        13,
                        Instant.parse("2026-11-26T12:00:00.123Z"));

        assertThat(PullRecord.parse(record.text())).contains(record);
    }
}
