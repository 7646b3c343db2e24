package dev.jetway.files;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Small files whose last look-up was recent and quick: the file system has them in memory, so that
 * another look-up waits for no disk and needs no other thread. Safe to share between threads.
 */
public final class QuickLooks {
    /** Maximum files that are remembered; a new one may replace another. */
    public static final int FILES = 4096;

    /** Time for which a file is remembered. */
    public static final Duration FRESH = Duration.ofSeconds(1);

    /** Maximum time of a quick look-up. */
    public static final Duration QUICK = Duration.ofMillis(1);

    private final AtomicReferenceArray<Seen> seen = new AtomicReferenceArray<>(FILES);

    /**
     * A file that was looked up.
     *
     * @param at in nanoseconds of the caller's clock
     */
    private record Seen(Path root, String path, long at) {}

    /** Whether a look-up at a time would be quick. */
    public boolean isQuick(Path root, String path, long now) {
        Seen last = seen.get(slot(root, path));
        return last != null
                && now - last.at() < FRESH.toNanos()
                && last.path().equals(path)
                && last.root().equals(root);
    }

    /**
     * Notes a look-up.
     *
     * @param small whether it has found a small file
     */
    public void looked(Path root, String path, boolean small, long begin, long end) {
        int slot = slot(root, path);
        if (small && end - begin < QUICK.toNanos()) {
            seen.set(slot, new Seen(root, path, end));
        } else {
            Seen last = seen.get(slot);
            if (last != null && last.path().equals(path) && last.root().equals(root)) {
                seen.set(slot, null);
            }
        }
    }

    private static int slot(Path root, String path) {
        int hash = 31 * root.hashCode() + path.hashCode();
        return (hash ^ hash >>> 16) & FILES - 1;
    }
}
