package dev.jetway.files;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Small files that were looked up a moment ago, and quickly: the file system has them in memory, so
 * that another look waits for no disk and need not be left to another thread. Safe to share between
 * threads.
 */
public final class QuickLooks {
    /** Files that are remembered; a newer one takes the place of another. */
    public static final int FILES = 4096;

    /** How long one is remembered. */
    public static final Duration FRESH = Duration.ofSeconds(1);

    /** How long a look takes at most that is quick. */
    public static final Duration QUICK = Duration.ofMillis(1);

    private final AtomicReferenceArray<Seen> seen = new AtomicReferenceArray<>(FILES);

    /**
     * A file that was looked up.
     *
     * @param at in nanoseconds of the caller's clock
     */
    private record Seen(Path root, String path, long at) {}

    /** Whether a look at that time would be quick. */
    public boolean isQuick(Path root, String path, long now) {
        Seen last = seen.get(slot(root, path));
        return last != null
                && now - last.at() < FRESH.toNanos()
                && last.path().equals(path)
                && last.root().equals(root);
    }

    /** A look has found a small file, or something else, and took that long. */
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
