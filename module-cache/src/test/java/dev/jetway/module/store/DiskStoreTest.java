package dev.jetway.module.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jetway.base.ByteSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiskStoreTest {
    private static final long CHECKSUM = 32;
    private static final byte[] CONTENT = new byte[100];
    private static final long ENTRY = CHECKSUM + CONTENT.length;

    @TempDir private Path folder;

    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-11-20T00:00:00Z"));

    private DiskStore store(long limit, String variant) {
        return DiskStore.open(folder, new ByteSize(limit), variant, () -> tick()).orElseThrow();
    }

    private DiskStore store() {
        return store(1 << 20, "v1");
    }

    /** A clock that moves by a second at every look. */
    private Instant tick() {
        return now.updateAndGet(i -> i.plusSeconds(1));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void keysThatDifferInLetterCaseAreTwoEntries() {
        store().put("abc", new byte[] {1});
        store().put("ABC", new byte[] {2});

        assertThat(store().get("abc")).hasValue(new byte[] {1});
        assertThat(store().get("ABC")).hasValue(new byte[] {2});
    }

    @Test
    void anEntryOfAnotherEngineIsNotSeen() {
        store(1 << 20, "v1").put("a", CONTENT);

        assertThat(store(1 << 20, "v2").get("a")).isEmpty();
        assertThat(store(1 << 20, "v1").get("a")).hasValue(CONTENT);
    }

    @Test
    void entriesUpToTheLimitStay() {
        DiskStore store = store(2 * ENTRY, "v1");
        store.put("a", CONTENT);
        store.put("b", CONTENT);

        assertThat(store.get("a")).isPresent();
        assertThat(store.get("b")).isPresent();
    }

    @Test
    void overTheLimitTheEntryUsedLongestAgoGoes() {
        DiskStore store = store(3 * ENTRY - 1, "v1");
        store.put("a", CONTENT);
        store.put("b", CONTENT);
        assertThat(store.get("a")).isPresent();
        store.put("c", CONTENT);

        assertThat(store.get("b")).isEmpty();
        assertThat(store.get("a")).isPresent();
        assertThat(store.get("c")).isPresent();
    }

    @Test
    void anEntryLargerThanTheStoreIsNotWritten() {
        DiskStore store = store(ENTRY - 1, "v1");
        store.put("a", CONTENT);

        assertThat(store.get("a")).isEmpty();
        store(ENTRY, "v1").put("a", CONTENT);
        assertThat(store(ENTRY, "v1").get("a")).hasValue(CONTENT);
    }

    @Test
    void aFileLargerThanTheStoreIsNotReadButRemoved() throws IOException {
        DiskStore store = store(ENTRY, "v1");
        store.put("a", CONTENT);
        Path file = folder.resolve("a-v1.module");
        assertThat(store.get("a")).as("as large as the store").isPresent();

        Files.write(file, new byte[1], StandardOpenOption.APPEND);

        assertThat(store.get("a")).isEmpty();
        assertThat(file).doesNotExist();
    }

    @Test
    void whatAKilledProcessLeftIsRemovedAfterAnHour() throws IOException {
        Path old = Files.createFile(folder.resolve(StoreFolder.UNFINISHED + "old"));
        Path recent = Files.createFile(folder.resolve(StoreFolder.UNFINISHED + "recent"));
        Files.setLastModifiedTime(
                old, FileTime.from(now.get().minus(Duration.ofMinutes(60).plusSeconds(2))));
        Files.setLastModifiedTime(
                recent, FileTime.from(now.get().minus(Duration.ofMinutes(60).minusSeconds(2))));

        store();

        assertThat(old).doesNotExist();
        assertThat(recent).exists();
    }

    @Test
    void nothingUnfinishedIsLeft() throws IOException {
        store().put("a", CONTENT);

        assertThat(names()).containsExactly("a-v1.module", "key");
    }

    @Test
    void aKeyThatOthersCanReadIsNotUsed() throws IOException {
        store().put("a", CONTENT);
        Files.setPosixFilePermissions(
                folder.resolve("key"), PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(DiskStore.open(folder, new ByteSize(1 << 20), "v1", this::tick)).isEmpty();
    }

    @Test
    void aKeyThatWasCutIsNotUsed() throws IOException {
        store();
        Files.write(folder.resolve("key"), new byte[31]);

        assertThat(DiskStore.open(folder, new ByteSize(1 << 20), "v1", this::tick)).isEmpty();
    }

    @Test
    void aFolderThatVanishesIsDoneWithout() throws IOException {
        DiskStore store = store();
        Files.delete(folder.resolve("key"));
        Files.delete(folder);

        store.put("a", CONTENT);

        assertThat(store.get("a")).isEmpty();
        Files.createDirectory(folder);
        store.put("a", CONTENT);
        assertThat(store.get("a")).hasValue(CONTENT);
    }

    @Test
    void anEntryThatCannotBeReadIsNoEntry() throws IOException {
        DiskStore store = store();
        Files.createDirectory(folder.resolve("a-v1.module"));

        assertThat(store.get("a")).isEmpty();
    }

    @Test
    void aFolderOfAnotherUserIsNotTrusted() throws IOException {
        var users = folder.getFileSystem().getUserPrincipalLookupService();
        var root = users.lookupPrincipalByName("root");
        assumeTrue(Files.getOwner(folder).equals(root), "only root can give a folder away");
        Files.setOwner(folder, users.lookupPrincipalByName("nobody"));

        assertThat(DiskStore.open(folder, new ByteSize(1 << 20), "v1", this::tick)).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }
}
