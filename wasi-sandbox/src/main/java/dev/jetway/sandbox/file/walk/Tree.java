package dev.jetway.sandbox.file.walk;

import dev.jetway.sandbox.file.Directory;
import dev.jetway.sandbox.file.DirectoryOperations;
import dev.jetway.sandbox.file.Errno;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A volume of one run. Compared by identity, so that no hard link leads from one volume to another.
 * Used by the run's thread only.
 *
 * @param <H> what stands for a directory that is open
 */
public final class Tree<H> {
    private final DirectoryOperations<H> names;
    private final Supplier<H> opening;
    private final boolean readOnly;

    /**
     * A volume.
     *
     * @param opening opens the root at its first use
     */
    public Tree(DirectoryOperations<H> names, Supplier<H> opening, boolean readOnly) {
        this.names = names;
        this.opening = opening;
        this.readOnly = readOnly;
    }

    DirectoryOperations<H> names() {
        return names;
    }

    /** The root, not opened yet. */
    public Directory root() {
        return directory(0, null);
    }

    H openRoot() {
        return opening.get();
    }

    boolean readOnly() {
        return readOnly;
    }

    /** Throws if the volume is read-only. */
    void requireWritable() {
        if (readOnly) {
            throw Errno.ROFS.failure();
        }
    }

    /** A directory of this volume; the handle is null for a root that is not open yet. */
    Directory directory(int depth, @Nullable H handle) {
        return new TreeDirectory<>(this, depth, handle);
    }
}
