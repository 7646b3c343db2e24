package dev.jetway.files;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.jetway.base.PathStamp;
import dev.jetway.base.UnixTime;
import dev.jetway.sandbox.file.linux.HostFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.zip.GZIPOutputStream;

/**
 * The contents of small static files, and of texts in compressed form. Keyed by the file's current
 * {@link PathStamp} at each request, so that outdated contents are never sent; the least used are
 * evicted. Safe to share between threads.
 */
public final class ContentCache {
    /** Approximate bytes of an entry without its contents. */
    private static final int OVERHEAD = 300;

    /**
     * Age in nanoseconds below which a changed file is not cached: it could change again without a
     * new time, as the file system's clock has ticks of up to 10 ms.
     */
    private static final long UNSETTLED = 100_000_000L;

    private final ContentLimits limits;
    private final InstantSource clock;
    private final Semaphore compressing;
    private final Cache<Key, FileBytes> kept;

    /** An empty cache. */
    public ContentCache(ContentLimits limits, InstantSource clock) {
        this.limits = limits;
        this.clock = clock;
        this.compressing = new Semaphore(limits.compressing());
        this.kept =
                Caffeine.newBuilder()
                        .maximumWeight(limits.total().bytes())
                        .weigher((Key _, FileBytes file) -> file.bytes().length + OVERHEAD)
                        .executor(Runnable::run)
                        .build();
    }

    private record Key(PathStamp stamp, boolean compressed) {}

    /** The contents of a file, if it is small enough to be cached. */
    public Optional<FileBytes> plain(StaticFile file) throws IOException {
        return limits.file().bytes() < file.status().size()
                ? Optional.empty()
                : contents(file, (int) limits.file().bytes());
    }

    private Optional<FileBytes> contents(StaticFile file, int most) throws IOException {
        var key = new Key(file.stamp(), false);
        FileBytes known = kept.getIfPresent(key);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<HostFolder.Whole> read = file.read(most);
        if (read.isEmpty()) {
            return Optional.empty();
        }
        HostFolder.Whole whole = read.get();
        var contents =
                new FileBytes(whole.status(), whole.bytes(), Utf8.isValid(whole.bytes(), true));
        if (whole.bytes().length <= limits.file().bytes() && isSettled(whole)) {
            kept.put(new Key(StaticFile.stamp(whole.status()), false), contents);
        }
        return Optional.of(contents);
    }

    private boolean isSettled(HostFolder.Whole whole) {
        long now = UnixTime.nanos(clock.instant());
        return whole.steady() && now - whole.status().changed() > UNSETTLED;
    }

    /** The gzip form of a text, if it is smaller and available without a wait. */
    public Optional<FileBytes> compressed(StaticFile file) throws IOException {
        long size = file.status().size();
        if (size < limits.leastCompressed().bytes() || size > limits.mostCompressed().bytes()) {
            return Optional.empty();
        }
        FileBytes known = kept.getIfPresent(new Key(file.stamp(), true));
        if (known != null) {
            return worth(known);
        }
        if (!compressing.tryAcquire()) {
            return Optional.empty();
        }
        try {
            return compress(file);
        } finally {
            compressing.release();
        }
    }

    private Optional<FileBytes> compress(StaticFile file) throws IOException {
        Optional<HostFolder.Whole> read = file.read((int) limits.mostCompressed().bytes());
        // Without caching, the text would be compressed again for each request.
        if (read.isEmpty() || !isSettled(read.get())) {
            return Optional.empty();
        }
        HostFolder.Whole whole = read.get();
        byte[] packed = gzip(whole.bytes());
        boolean smaller = packed.length < whole.bytes().length;
        var contents =
                new FileBytes(
                        whole.status(),
                        smaller ? packed : new byte[0],
                        Utf8.isValid(whole.bytes(), true));
        kept.put(new Key(StaticFile.stamp(whole.status()), true), contents);
        return worth(contents);
    }

    /** Empty bytes mark a text that does not become smaller. */
    private static Optional<FileBytes> worth(FileBytes compressed) {
        return Optional.of(compressed).filter(file -> file.bytes().length > 0);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        var packed = new ByteArrayOutputStream(bytes.length / 4 + 64);
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        return packed.toByteArray();
    }

    /** The number of entries. */
    long entries() {
        kept.cleanUp();
        return kept.estimatedSize();
    }
}
