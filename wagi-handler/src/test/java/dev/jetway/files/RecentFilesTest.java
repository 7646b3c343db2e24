package dev.jetway.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.base.ByteSize;
import dev.jetway.route.FileRules;
import dev.jetway.route.ServeFolder;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RecentFilesTest {
    private static final long FRESH = RecentFiles.FRESH.toNanos();
    private static final long QUICK = RecentFiles.QUICK.toNanos();

    @TempDir private Path folder;
    private Path root;
    private ServeFolder action;
    private long now = 1;
    private final RecentFiles recent = new RecentFiles();

    @BeforeEach
    void fill() throws IOException {
        root = Files.createDirectory(folder.toRealPath().resolve("public"));
        Files.createDirectories(root.resolve("docs"));
        for (String name : List.of("a", "a b.txt", "docs/index.html", "docs/b", "fallback.html")) {
            Files.writeString(root.resolve(name), name);
        }
        Files.createSymbolicLink(root.resolve("link"), Path.of("a"));
        Files.createSymbolicLink(root.resolve("linked"), Path.of("docs"));
        action = action();
    }

    private ServeFolder action() {
        return new ServeFolder(
                root,
                "/home/public",
                List.of("index.html"),
                Optional.of("/fallback.html"),
                List.of(),
                FileRules.DEFAULT);
    }

    private Lookup look(String path) {
        Lookup found = new FolderLookup(action).find(path);
        recent.looked(action, path, found, 0, 1);
        return found;
    }

    /** Asks the file system: the request has come after all looks. */
    private @Nullable Lookup unchanged(ServeFolder of, String path) {
        now++;
        return recent.unchanged(of, path, now, now);
    }

    private static StaticFile file(Lookup found) {
        return ((Lookup.File) found).file();
    }

    @Test
    void smallFile_isQuickUntilItsTimeIsOver() {
        recent.looked(action, "/a", new FolderLookup(action).find("/a"), 0, QUICK - 1);

        assertThat(recent.isQuick(action, "/a", QUICK - 1 + FRESH - 1)).isTrue();
        assertThat(recent.isQuick(action, "/a", QUICK - 1 + FRESH)).isFalse();
    }

    @Test
    void file_isRememberedUpToItsBound() throws IOException {
        ByteSize small = RecentFiles.SMALL;
        for (long size : new long[] {small.bytes(), small.bytes() + 1}) {
            try (var file = new RandomAccessFile(root.resolve("sized").toFile(), "rw")) {
                file.setLength(size);
            }

            look("/sized");

            boolean remembered = size == small.bytes();
            assertThat(recent.isQuick(action, "/sized", 2)).isEqualTo(remembered);
            assertThat(unchanged(action, "/sized") != null).isEqualTo(remembered);
        }
    }

    @Test
    void otherPathsAndFolders_areNot() {
        look("/a");

        assertThat(recent.isQuick(action, "/b", 2)).isFalse();
        assertThat(unchanged(action, "/b")).isNull();
        // The rules may be others after a reload.
        ServeFolder reloaded = action();
        assertThat(recent.isQuick(reloaded, "/a", 2)).isFalse();
        assertThat(unchanged(reloaded, "/a")).isNull();
    }

    @Test
    void lookThatWasSlowOrFoundSomethingElse_forgetsTheFile() {
        Lookup found = look("/a");
        recent.looked(action, "/a", found, 1, 1 + QUICK);
        assertThat(recent.isQuick(action, "/a", 2 + QUICK)).isFalse();

        look("/a");
        recent.looked(action, "/a", new Lookup.Nothing(), 1, 2);
        assertThat(recent.isQuick(action, "/a", 3)).isFalse();
        assertThat(unchanged(action, "/a")).isNull();
    }

    @Test
    void moreFilesThanThereIsRoom_replaceOthers() {
        Lookup found = new FolderLookup(action).find("/a");
        for (int i = 0; i <= RecentFiles.FILES; i++) {
            recent.looked(action, "/" + i, found, 0, 1);
        }

        assertThat(recent.isQuick(action, "/" + RecentFiles.FILES, 2)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "/a, true",
        "/a%20b.txt, true",
        "/docs/b, true",
        "/docs/index.html, true",
        // More than one file decides on these.
        "/docs/, false",
        "/none, false",
        "/link, false",
        "/linked/b, false",
        "/docs, false",
    })
    void file_isFoundAgainByACheck(String path, boolean known) {
        Lookup found = look(path);

        for (int i = 0; i < 3; i++) {
            assertThat(unchanged(action, path)).isEqualTo(known ? found : null);
            look(path);
        }
    }

    @ParameterizedTest
    @CsvSource({
        // A look began at 10, a check at 20.
        "10, 20, 20, same",
        "10, 20, 21, changed",
        "10, 20, 9, same",
        "10, 10, 10, same",
        "10, 10, 11, changed",
        // The clock may wrap around.
        "9223372036854775806, -9223372036854775807, -9223372036854775807, same",
        "9223372036854775806, -9223372036854775807, -9223372036854775806, changed",
    })
    void check_countsForRequestsThatHadArrivedBefore(
            long looked, long checked, long arrived, String expected) throws IOException {
        Lookup found = new FolderLookup(action).find("/docs/b");
        recent.looked(action, "/docs/b", found, looked, looked);
        assertThat(recent.unchanged(action, "/docs/b", checked, checked)).isSameAs(found);
        Files.writeString(root.resolve("docs/b"), "changed");

        Lookup known = recent.unchanged(action, "/docs/b", arrived, arrived);

        assertThat(known).isEqualTo(expected.equals("same") ? found : null);
        // No other request takes the file for unchanged any more.
        if (expected.equals("changed")) {
            assertThat(recent.unchanged(action, "/docs/b", looked, arrived)).isNull();
        }
    }

    @Test
    void changedFile_isLookedUpAgain_andThenKnown() throws IOException {
        for (int i = 0; i < 3; i++) {
            Files.writeString(root.resolve("docs/b"), "x".repeat(i));

            assertThat(unchanged(action, "/docs/b")).isNull();

            Lookup found = look("/docs/b");
            assertThat(unchanged(action, "/docs/b")).isSameAs(found);
        }
    }

    @Test
    void folderThatIsALinkForAWhile_isKnownAgainSomeTimeLater() throws IOException {
        Lookup first = look("/docs/b");
        Files.move(root.resolve("docs"), root.resolve("moved"));
        Files.createSymbolicLink(root.resolve("docs"), Path.of("moved"));
        assertThat(unchanged(action, "/docs/b")).isNull();
        assertThat(file(look("/docs/b")).status()).isEqualTo(file(first).status());
        assertThat(unchanged(action, "/docs/b")).isNull();
        Files.delete(root.resolve("docs"));
        Files.move(root.resolve("moved"), root.resolve("docs"));

        recent.looked(action, "/docs/b", first, FRESH, FRESH);
        assertThat(unchanged(action, "/docs/b")).as("just under").isNull();
        recent.looked(action, "/docs/b", first, FRESH + 1, FRESH + 1);
        assertThat(unchanged(action, "/docs/b")).isSameAs(first);
    }

    @Test
    void folderThatIsALinkOutForAWhile_isNotThere() throws IOException {
        look("/docs/b");
        Files.move(root.resolve("docs"), folder.resolve("outside"));
        Files.createSymbolicLink(root.resolve("docs"), folder.toRealPath().resolve("outside"));

        assertThat(unchanged(action, "/docs/b")).isNull();
        assertThat(file(look("/docs/b")).path()).isEqualTo("/fallback.html");

        Files.delete(root.resolve("docs"));
        Files.move(folder.resolve("outside"), root.resolve("docs"));
        Lookup found = look("/docs/b");
        assertThat(unchanged(action, "/docs/b")).isSameAs(found);
    }
}
