package dev.jetway.sandbox.file.linux;

import dev.jetway.sandbox.file.Directory;
import dev.jetway.sandbox.file.FileModes;
import dev.jetway.sandbox.file.LimitHits;
import dev.jetway.sandbox.file.memory.ScratchNames;
import dev.jetway.sandbox.file.memory.ScratchRoom;
import dev.jetway.sandbox.file.quota.Quota;
import dev.jetway.sandbox.file.quota.QuotaNames;
import dev.jetway.sandbox.file.walk.Tree;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The files of one run, on the host and in memory: nothing is opened and no memory is allocated
 * before a guest asks. Used by the run's thread, which must close it and what it opened.
 */
public final class HostFiles implements AutoCloseable {
    private final Libc libc;
    private final HostNames names;
    private final boolean fixed;
    private @Nullable QuotaNames<Integer> counted;

    /**
     * Files whose new ones have these modes.
     *
     * @param fixed whether the paths of volumes have no links, and none that appears there is
     *     followed: a tenant may change the folders on the way
     */
    public HostFiles(FileModes modes, boolean fixed) {
        this.fixed = fixed;
        this.libc = new Libc(modes);
        this.names = new HostNames(libc);
    }

    /**
     * A volume's root, opened at its first use.
     *
     * @param directory the directory on the host
     * @param readOnly whether the volume is read-only
     */
    public Directory root(Path directory, boolean readOnly) {
        return new Tree<>(names, () -> open(directory), readOnly).root();
    }

    /** A writable volume's root under a quota, which all volumes of its site share. */
    public Directory root(Path directory, Quota quota, LimitHits limitHits) {
        QuotaNames<Integer> present = counted;
        if (present == null) {
            present = new QuotaNames<>(names, quota, limitHits);
            counted = present;
        }
        return new Tree<>(present, () -> open(directory), false).root();
    }

    private int open(Path directory) {
        return fixed ? libc.openFixedRoot(directory) : libc.openRoot(directory);
    }

    /** The root of an empty directory in memory; the caller owns the room. */
    public static Directory scratch(ScratchRoom room) {
        var made = new ScratchNames(room);
        return new Tree<>(made, made::root, false).root();
    }

    /** The reason why this system has no volumes; empty if it has. */
    public static Optional<String> unavailable() {
        return Availability.HERE;
    }

    @Override
    public void close() {
        libc.close();
    }
}
