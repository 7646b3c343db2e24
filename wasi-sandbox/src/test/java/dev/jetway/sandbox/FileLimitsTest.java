package dev.jetway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jetway.base.ByteSize;
import dev.jetway.sandbox.RunOutcome.Exited;
import dev.jetway.sandbox.file.FileLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The limits for files: just under and just over. */
final class FileLimitsTest {
    private final Sandbox sandbox = TestSandbox.open();

    @TempDir private Path folder;

    @AfterEach
    void close() {
        sandbox.close();
    }

    private GuestProgram.Result run(UnaryOperator<FileLimits> change, String... arguments)
            throws Exception {
        return new GuestProgram("limits.wasm", new Volume("/data", folder))
                .limited(l -> l.withFiles(change.apply(l.files())))
                .run(sandbox, arguments);
    }

    @Test
    void descriptors_asManyAsTheLimitBesideThoseGiven() throws Exception {
        Files.writeString(folder.resolve("file"), "");

        GuestProgram.Result just = run(l -> l.withDescriptors(5), "limits", "open", "5");
        assertThat(just.out()).isEqualTo("ok\n");
        assertThat(just.report().otherLimits()).isEmpty();
        GuestProgram.Result over = run(l -> l.withDescriptors(5), "limits", "open", "6");
        assertThat(over.out()).isEqualTo("open: 33\n");
        assertThat(over.report().otherLimits()).containsExactly("descriptors");
        assertThat(over.report().outcome()).isEqualTo(new Exited(0));
    }

    @Test
    void directoryEntries_asManyInACallAsTheLimit() throws Exception {
        for (int i = 0; i < 8; i++) {
            Files.createFile(folder.resolve("file" + i));
        }

        GuestProgram.Result just = run(l -> l.withDirectoryEntries(10), "limits", "list");
        assertThat(just.out()).isEqualTo("ok\n");
        GuestProgram.Result over = run(l -> l.withDirectoryEntries(9), "limits", "list");
        assertThat(over.out()).isEqualTo("list: 61\n");
        assertThat(over.report().otherLimits()).containsExactly("directory-entries");
    }

    @Test
    void pathLength_asManyBytesAsTheLimit() throws Exception {
        GuestProgram.Result just = run(l -> l.withPathLength(100), "limits", "path", "100");
        assertThat(just.out()).isEqualTo("ok\n");
        GuestProgram.Result over = run(l -> l.withPathLength(100), "limits", "path", "101");
        assertThat(over.out()).isEqualTo("path: 37\n");
        assertThat(over.report().otherLimits()).containsExactly("path-length");
    }

    @Test
    void scratch_isThereOnlyIfAskedForAndGoneAfterwards() throws Exception {
        assertThat(run(l -> l, "limits", "preopens").out()).isEqualTo("/data\n");
        UnaryOperator<FileLimits> asked = l -> l.withScratch(ByteSize.ofKibibytes(64));
        assertThat(run(asked, "limits", "preopens").out()).isEqualTo("/data\n/tmp\n");
        // A name and fifteen blocks of 4 KiB.
        assertThat(run(asked, "limits", "fill", "15").out()).isEqualTo("ok\n");
        GuestProgram.Result over = run(asked, "limits", "fill", "16");
        assertThat(over.out()).isEqualTo("fill: 51\n");
        assertThat(over.report().otherLimits()).containsExactly("scratch");
    }

    @Test
    void scratch_givesWayToAVolumeOfThatName() throws Exception {
        GuestProgram.Result result =
                new GuestProgram("limits.wasm", new Volume("/tmp", folder))
                        .limited(l -> l.withFiles(l.files().withScratch(ByteSize.ofMebibytes(1))))
                        .run(sandbox, "limits", "fill", "1");

        assertThat(result.out()).isEqualTo("ok\n");
        assertThat(folder.resolve("filled")).hasSize(4096);
    }

    @Test
    void limits_outOfRange_areRefused() {
        FileLimits most = FileLimits.MOST;
        assertThat(most.within(FileLimits.DEFAULT)).isEqualTo(FileLimits.DEFAULT);
        assertThatThrownBy(() -> most.withDescriptors(FileLimits.MAX_DESCRIPTORS + 1))
                .hasMessage("descriptors lies between 1 and 4096");
        assertThatThrownBy(() -> most.withDescriptors(0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> most.withPathLength(FileLimits.MAX_PATH_LENGTH + 1))
                .hasMessage("path-length lies between 1 and 4096");
        assertThatThrownBy(() -> most.withDirectoryEntries(FileLimits.MAX_DIRECTORY_ENTRIES + 1))
                .hasMessage("directory-entries lies between 1 and 1000000");
        assertThatThrownBy(() -> most.withScratch(new ByteSize(FileLimits.MAX_SCRATCH.bytes() + 1)))
                .hasMessage("scratch is 2GiB at most");
    }
}
