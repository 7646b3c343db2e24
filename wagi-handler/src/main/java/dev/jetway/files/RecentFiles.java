package dev.jetway.files;

import dev.jetway.base.ByteSize;
import dev.jetway.http.PathText;
import dev.jetway.route.ServeFolder;
import dev.jetway.sandbox.file.linux.CheckedPath;
import dev.jetway.sandbox.file.linux.PathChecks;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Small files that were found by their paths lately. Another look at one waits for no disk, as the
 * file system has it in memory, and so needs no other thread; a check that the path still leads to
 * the unchanged file takes the place of the look. Safe to share between threads.
 */
public final class RecentFiles {
    /** Maximum files that are remembered; a new one may replace another. */
    public static final int FILES = 4096;

    /** Time for which a look is expected to be quick. */
    public static final Duration FRESH = Duration.ofSeconds(1);

    /** Maximum time of a quick look. */
    public static final Duration QUICK = Duration.ofMillis(1);

    /** Maximum size of a file that is remembered. */
    public static final ByteSize SMALL = ContentLimits.DEFAULT.file();

    private final AtomicReferenceArray<Seen> seen = new AtomicReferenceArray<>(FILES);
    private final PathChecks checks = new PathChecks();

    /** Whether a look at a time in nanoseconds would be quick. */
    public boolean isQuick(ServeFolder folder, String path, long now) {
        Seen last = last(folder, path);
        return last != null && now - last.at < FRESH.toNanos();
    }

    /**
     * The file that the last look at a path has found, if it is there unchanged. Asks the file
     * system, unless another request has asked it since this one arrived: a request cannot expect
     * changes that were made after its arrival.
     *
     * @param arrived nanoseconds of the caller's clock at which the request had begun to arrive
     * @param now nanoseconds of that clock
     */
    public @Nullable Lookup unchanged(ServeFolder folder, String path, long arrived, long now) {
        Seen last = last(folder, path);
        if (last == null || last.checked.isEmpty()) {
            return null;
        }
        if (last.asked - arrived >= 0) {
            return last.found;
        }
        if (checks.leadsTo(last.checked.get(), last.found.file().status())) {
            last.asked = now;
            return last.found;
        }
        last.checked = Optional.empty();
        return null;
    }

    /** Notes a look, which began and ended at these nanoseconds of the caller's clock. */
    public void looked(ServeFolder folder, String path, Lookup found, long begin, long end) {
        Seen last = last(folder, path);
        if (end - begin < QUICK.toNanos()
                && found instanceof Lookup.File file
                && file.file().status().size() <= SMALL.bytes()) {
            if (last != null && last.mayStay(file, end)) {
                last.at = end;
            } else {
                seen.set(slot(folder, path), new Seen(folder, path, file, begin, end));
            }
        } else if (last != null) {
            seen.set(slot(folder, path), null);
        }
    }

    private @Nullable Seen last(ServeFolder folder, String path) {
        Seen last = seen.get(slot(folder, path));
        return last != null && last.isOf(folder, path) ? last : null;
    }

    private static int slot(ServeFolder folder, String path) {
        int hash = 31 * System.identityHashCode(folder) + path.hashCode();
        return (hash ^ hash >>> 16) & FILES - 1;
    }

    /** The last look at a path. */
    private static final class Seen {
        private final ServeFolder folder;
        private final String path;
        private final Lookup.File found;
        private final long since;

        /** Empty if a check cannot take the place of a look, as for a path with links. */
        private volatile Optional<CheckedPath> checked;

        private volatile long at;

        /** The time before the file system was asked last. */
        private volatile long asked;

        Seen(ServeFolder folder, String path, Lookup.File found, long asked, long at) {
            this.folder = folder;
            this.path = path;
            this.found = found;
            this.since = at;
            this.at = at;
            this.asked = asked;
            StaticFile file = found.file();
            // An index and a fallback have other paths, and depend on more than their own files.
            this.checked =
                    file.path().equals(PathText.decode(path))
                            ? file.folder().checked(file.path())
                            : Optional.empty();
        }

        /** Whether it is of this file; a check that failed is tried again after some time. */
        boolean mayStay(Lookup.File again, long now) {
            return found.file().stamp().equals(again.file().stamp())
                    && (checked.isPresent() || now - since < FRESH.toNanos());
        }

        @SuppressWarnings("ReferenceEquality") // A folder that was configured anew is another one.
        boolean isOf(ServeFolder otherFolder, String otherPath) {
            return folder == otherFolder && path.equals(otherPath);
        }
    }
}
