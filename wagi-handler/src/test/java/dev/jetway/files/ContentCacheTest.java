package dev.jetway.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jetway.base.ByteSize;
import dev.jetway.route.FileRules;
import dev.jetway.sandbox.file.linux.HostFolder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ContentCacheTest {
    private static final int FILE = 1000;
    private static final int LEAST = 100;
    private static final int MOST = 2000;

    @TempDir private Path folder;
    private Instant now = Instant.now().plus(Duration.ofMinutes(1));
    private final InstantSource clock = () -> now;
    private final ContentCache cache = new ContentCache(limits(1), clock);

    private static ContentLimits limits(int compressing) {
        return new ContentLimits(
                new ByteSize(10_000),
                new ByteSize(FILE),
                new ByteSize(LEAST),
                new ByteSize(MOST),
                compressing);
    }

    private StaticFile file(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
        return look(name);
    }

    private StaticFile look(String name) {
        var root = new HostFolder(folder);
        try (HostFolder.Look look = root.look()) {
            var status = look.status(FolderLookup.guestPath("/" + name));
            return new StaticFile(root, "/" + name, status, FileRules.DEFAULT);
        }
    }

    private static String text(Optional<FileBytes> file) {
        return new String(file.orElseThrow().bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void plain_keepsAFileUpToTheBound() throws IOException {
        assertThat(cache.plain(file("a", "a".repeat(FILE)))).isPresent();
        assertThat(cache.entries()).isEqualTo(1);
        assertThat(cache.plain(file("b", "b".repeat(FILE + 1)))).isEmpty();
        assertThat(cache.entries()).isEqualTo(1);
    }

    @Test
    void plain_ofAFileThatIsKept_readsNothing() throws IOException {
        StaticFile file = file("a", "text");
        cache.plain(file);
        Files.delete(folder.resolve("a"));

        assertThat(text(cache.plain(file))).isEqualTo("text");
    }

    @Test
    void plain_ofAChangedFile_isWhatItIsNow() throws IOException {
        cache.plain(file("a", "old"));

        assertThat(text(cache.plain(file("a", "new")))).isEqualTo("new");
    }

    @Test
    void plain_ofAFileThatChangedJustNow_isNotKept() throws IOException {
        StaticFile file = file("a", "text");
        now = Instant.ofEpochSecond(0, file.status().changed()).plusMillis(100);
        assertThat(cache.plain(file)).isPresent();
        assertThat(cache.entries()).isZero();

        now = now.plusNanos(1);
        assertThat(cache.plain(file)).isPresent();
        assertThat(cache.entries()).isEqualTo(1);
    }

    @Test
    void plain_ofAFileThatHasVanished_says() throws IOException {
        StaticFile file = file("a", "text");
        Files.delete(folder.resolve("a"));

        assertThatThrownBy(() -> cache.plain(file)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void moreThanTheWhole_evicts() throws IOException {
        for (int i = 0; i < 50; i++) {
            cache.plain(file("f" + i, "x".repeat(FILE)));
        }

        assertThat(cache.entries()).isBetween(1L, 10L);
    }

    @Test
    void compressed_betweenTheBounds() throws IOException {
        assertThat(cache.compressed(file("a", "a".repeat(LEAST - 1)))).isEmpty();
        assertThat(cache.compressed(file("b", "b".repeat(LEAST)))).isPresent();
        assertThat(cache.compressed(file("d", "d".repeat(MOST + 1)))).isEmpty();
        byte[] packed = cache.compressed(file("c", "c".repeat(MOST))).orElseThrow().bytes();
        try (var in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            assertThat(in.readAllBytes()).hasSize(MOST).containsOnly('c');
        }
    }

    @Test
    void compressed_thatIsNoSmaller_isNone() throws IOException {
        var text = new StringBuilder();
        new Random(1).ints(LEAST, 33, 127).forEach(c -> text.append((char) c));
        StaticFile file = file("a", text.toString());

        assertThat(cache.compressed(file)).isEmpty();
        assertThat(cache.compressed(file)).isEmpty();
        assertThat(cache.entries()).isEqualTo(1);
    }

    @Test
    void compressed_whileAsManyAsMayAreAtIt_isNone() throws IOException {
        var busy = new ContentCache(limits(0), clock);

        assertThat(busy.compressed(file("a", "a".repeat(LEAST)))).isEmpty();
        assertThat(busy.plain(look("a"))).isPresent();
    }

    @Test
    void utf8_isToldFromOtherEncodings() throws IOException {
        Files.write(folder.resolve("latin"), new byte[] {'a', (byte) 0xe9, 'b'});

        assertThat(cache.plain(look("latin")).orElseThrow().utf8()).isFalse();
        assertThat(cache.plain(file("utf8", "aéb")).orElseThrow().utf8()).isTrue();
        assertThat(Utf8.isValid(new byte[] {'a', (byte) 0xc3}, true)).isFalse();
        assertThat(Utf8.isValid(new byte[] {'a', (byte) 0xc3}, false)).isTrue();
    }
}
