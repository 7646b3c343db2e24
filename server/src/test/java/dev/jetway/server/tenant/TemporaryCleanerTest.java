package dev.jetway.server.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jetway.sandbox.file.quota.Quota;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TemporaryCleanerTest {
    private static final Duration AGE = Duration.ofDays(7);
    private static final Instant NOW = Instant.parse("2026-11-26T10:15:30Z");
    private static final Instant OLD = NOW.minus(AGE).minusNanos(1000);

    @TempDir private Path folder;
    private Path site = Path.of("");
    private final TemporaryCleaner cleaner = cleaner(Optional.empty());

    @BeforeEach
    void makeSite() throws IOException {
        site = folder.resolve("site");
        Files.createDirectories(site.resolve("tmp"));
    }

    private static TemporaryCleaner cleaner(Optional<Quota> quota) {
        return new TemporaryCleaner(AGE, _ -> quota, InstantSource.fixed(NOW));
    }

    private Path file(String name, Instant time) throws IOException {
        Path file = site.resolve(name);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, "12345678");
        return age(file, time);
    }

    private static Path age(Path path, Instant time) throws IOException {
        Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setTimes(FileTime.from(time), null, null);
        return path;
    }

    private void clean() {
        cleaner.clean("site", site);
    }

    @ParameterizedTest
    @CsvSource({"PT0S, true", "PT0.000001S, false", "PT24H, false", "PT-24H, true"})
    void aFileOfItsAgeStays_andAnOlderOneIsDeleted(Duration older, boolean stays) throws Exception {
        Path session = file("tmp/sess_1", NOW.minus(AGE).minus(older));
        clean();

        assertThat(Files.exists(session)).isEqualTo(stays);
        assertThat(cleaner.deleted()).isEqualTo(stays ? 0 : 1);
        assertThat(site.resolve("tmp")).exists();
    }

    @Test
    void foldersAreCleanedToo_andDeletedWhenTheyAreOldAndEmpty() throws Exception {
        file("tmp/a/b/old", OLD);
        Path young = file("tmp/c/young", NOW);
        age(site.resolve("tmp/a/b"), OLD);
        age(site.resolve("tmp/a"), OLD);
        age(site.resolve("tmp/c"), OLD);
        clean();

        assertThat(site.resolve("tmp/a")).doesNotExist();
        assertThat(young).exists();
        assertThat(cleaner.deleted()).isEqualTo(3);
    }

    @Test
    void nothingOutsideOfTmpIsTouched_whereverLinksLead() throws Exception {
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Path secret = age(Files.writeString(outside.resolve("secret"), "x"), OLD);
        Path data = file("data/kept", OLD);
        Path link = age(Files.createSymbolicLink(site.resolve("tmp/link"), outside), OLD);
        Path inner =
                age(Files.createSymbolicLink(site.resolve("tmp/inner"), Path.of("../data")), OLD);
        clean();

        assertThat(secret).exists();
        assertThat(data).exists();
        assertThat(List.of(link, inner)).noneMatch(Files::isSymbolicLink);
    }

    @Test
    void aTmpThatIsALinkOrAFileOrMissing_isLeftAlone() throws Exception {
        Path data = file("data/kept", OLD);
        Files.delete(site.resolve("tmp"));
        clean();
        Files.createSymbolicLink(site.resolve("tmp"), Path.of("data"));
        clean();
        assertThat(data).exists();

        Files.delete(site.resolve("tmp"));
        Path file = file("tmp", OLD);
        clean();
        assertThat(file).exists();
        cleaner.clean("gone", folder.resolve("gone"));
        assertThat(cleaner.deleted()).isZero();
    }

    @Test
    void whatIsDeleted_isGivenBackToTheQuota() throws Exception {
        file("tmp/old", OLD);
        file("tmp/young", NOW);
        var quota = new Quota(1000, 10);
        quota.count(List.of(site.resolve("tmp")));
        assertThat(quota.usedBytes()).isEqualTo(16);
        cleaner(Optional.of(quota)).clean("site", site);

        assertThat(quota.usedBytes()).isEqualTo(8);
        assertThat(quota.usedFiles()).isEqualTo(1);
    }

    @Test
    void aRoundLooksAtABoundedNumberOfNames_andTheNextOneGoesOn() throws Exception {
        for (int i = 0; i <= AgedFiles.MAX_NAMES; i++) {
            age(Files.createFile(site.resolve("tmp/" + i)), OLD);
        }
        clean();
        assertThat(cleaner.deleted()).isEqualTo(AgedFiles.MAX_NAMES);

        clean();
        assertThat(cleaner.deleted()).isEqualTo(AgedFiles.MAX_NAMES + 1L);
        assertThat(site.resolve("tmp")).isEmptyDirectory();
    }

    @Test
    void foldersBelowTheDepthStay() throws Exception {
        String deepest = "tmp" + "/d".repeat(AgedFiles.MAX_DEPTH - 1);
        Path last = file(deepest + "/old", OLD);
        Path below = file(deepest + "/d/old", OLD);
        clean();

        assertThat(last).doesNotExist();
        assertThat(below).exists();
    }

    @Test
    void theRoundsRunByThemselves() throws Exception {
        Path session = file("tmp/sess_1", OLD);
        try (var running = cleaner(Optional.empty())) {
            running.use(Map.of("site", site));
            running.start();
            await().until(() -> !Files.exists(session));
        }

        assertThat(site.resolve("tmp")).isEmptyDirectory();
    }
}
