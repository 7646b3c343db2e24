package dev.jetway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.sandbox.RunOutcome.Exited;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A guest tries the ways out of its volume, one after another. */
final class ConfinementTest {
    private final Sandbox sandbox = TestSandbox.open();

    @TempDir private Path folder;
    private Path volume = Path.of("");
    private Path outside = Path.of("");

    @BeforeEach
    void prepare() throws Exception {
        volume = Files.createDirectory(folder.resolve("volume"));
        outside = Files.createDirectory(folder.resolve("outside"));
        Files.writeString(outside.resolve("secret"), "secret");
        Files.createDirectory(outside.resolve("empty"));
        Files.writeString(volume.resolve("file"), "inside");
        Files.writeString(Files.createDirectory(volume.resolve("dir")).resolve("file"), "deeper");
        link("out", outside.toString());
        link("rel", "../outside");
        link("up", "..");
        link("dev", "/dev/zero");
        link("root", "/proc/self/root");
        link("cwd", "/proc/self/cwd");
        link("chain", "chain2");
        link("chain2", "rel");
        link("loop", "loop");
        link("dir/back", "../file");
        link("dir/up2", "../../outside");
        link("outfile", "../outside/secret");
        link("ok", "dir");
        link("gone", "none");
        assertThat(
                        new ProcessBuilder("mkfifo", volume.resolve("fifo").toString())
                                .start()
                                .waitFor())
                .isZero();
        try (var socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(volume.resolve("socket")));
        }
    }

    @AfterEach
    void nothingOutsideHasChanged() throws IOException {
        sandbox.close();
        assertThat(outside.resolve("secret")).hasContent("secret");
        assertThat(outside.resolve("empty")).isEmptyDirectory();
        try (var names = Files.list(outside)) {
            assertThat(names).hasSize(2);
        }
        try (var names = Files.list(folder)) {
            assertThat(names).hasSize(2);
        }
        assertThat(Files.getLastModifiedTime(outside.resolve("secret")).toMillis())
                .isGreaterThan(1);
    }

    private void link(String name, String target) throws IOException {
        Files.createSymbolicLink(volume.resolve(name), Path.of(target));
    }

    private List<String> run(List<String> operations) throws Exception {
        var words = new ArrayList<>(List.of("probe"));
        words.addAll(operations);
        GuestProgram.Result result =
                new GuestProgram("probe.wasm", new Volume("/", volume))
                        .run(sandbox, words.toArray(String[]::new));
        assertThat(result.report().outcome()).isEqualTo(new Exited(0));
        assertThat(result.out()).doesNotContain(folder.toString());
        return result.out().lines().toList();
    }

    private List<String> run(String... operations) throws Exception {
        return run(List.of(operations));
    }

    @Test
    void volume_waysOutOfTheTable_areClosed() throws Exception {
        List<String> lines = table();
        List<String> operations = lines.stream().map(l -> l.substring(0, l.indexOf(' '))).toList();

        List<String> answers = run(operations);

        assertThat(
                        IntStream.range(0, answers.size())
                                .mapToObj(i -> operations.get(i) + " " + answers.get(i)))
                .containsExactlyElementsOf(lines);
    }

    private static List<String> table() throws IOException {
        try (var in = ConfinementTest.class.getResourceAsStream("confinement.txt")) {
            String text =
                    new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().filter(l -> !l.startsWith("#")).toList();
        }
    }

    @Test
    void listing_namesThatAreNotUtf8_areLeftOut() throws Exception {
        Path odd = Files.createDirectory(volume.resolve("odd"));
        String script = "cd \"$1\" && touch good \"$(printf 'b\\377d')\"";
        assertThat(new ProcessBuilder("sh", "-c", script, "sh", odd.toString()).start().waitFor())
                .isZero();
        assertThat(odd.toFile().list()).hasSize(2);

        List<String> answers = run("list|odd");

        assertThat(List.of(answers.getFirst().split(" ")))
                .containsExactlyInAnyOrder("0", ".", "..", "good");
    }

    @Test
    void volume_theOperatorsOwnLinkToIt_isFollowed() throws Exception {
        Path alias = Files.createSymbolicLink(folder.resolve("alias"), volume);

        GuestProgram.Result result =
                new GuestProgram("probe.wasm", new Volume("/", alias))
                        .run(sandbox, "probe", "read|file", "read|out/secret");

        assertThat(result.out()).isEqualTo("0 inside\n63\n");
        Files.delete(alias);
    }

    @Test
    void volumeOfASite_aLinkOnTheWayToIt_isNotFollowed() throws Exception {
        Path inner = Files.createDirectories(folder.resolve("volume/inner/deep"));
        Files.writeString(inner.resolve("file"), "deep");
        Path moved = volume.resolve("moved");
        var guest = new GuestProgram("probe.wasm", new Volume("/x", inner)).ofSite();

        assertThat(guest.run(sandbox, "probe", "read|file").out()).isEqualTo("0 deep\n");
        for (Path swapped : List.of(inner, volume.resolve("inner"))) {
            Files.move(swapped, moved);
            Files.createSymbolicLink(
                    swapped, swapped.equals(inner) ? outside : folder.resolve("volume/moved"));
            assertThat(guest.run(sandbox, "probe", "read|secret", "read|file", "list|.").out())
                    .isEqualTo("54\n54\n54\n");
            Files.delete(swapped);
            Files.move(moved, swapped);
        }
        assertThat(guest.run(sandbox, "probe", "read|file").out()).isEqualTo("0 deep\n");
    }

    @Test
    void volume_aFolderThatIsMissing_isNotThere() throws Exception {
        GuestProgram.Result result =
                new GuestProgram("probe.wasm", new Volume("/", folder.resolve("none")))
                        .run(sandbox, "probe", "read|file");

        assertThat(result.out()).isEqualTo("8\n");
    }
}
