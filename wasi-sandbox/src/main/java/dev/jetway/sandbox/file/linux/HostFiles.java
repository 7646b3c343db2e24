package dev.jetway.sandbox.file.linux;

import dev.jetway.sandbox.file.Directory;
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
 * The files of one run, the host's and those in memory: nothing is opened and no memory is taken
 * before a guest asks. Used by the run's thread, which must close it and what it opened.
 */
public final class HostFiles implements AutoCloseable {
    private final Libc libc = new Libc();
    private final HostNames names = new HostNames(libc);
    private @Nullable QuotaNames<Integer> counted;

    /**
     * A volume's root; it is opened when it is first used.
     *
     * @param directory where it is on the host
     * @param readOnly whether nothing in it may be changed
     */
    public Directory root(Path directory, boolean readOnly) {
        return new Tree<>(names, () -> libc.openRoot(directory), readOnly).root();
    }

    /** A volume's root that may be changed within a quota, which all of its site have together. */
    public Directory root(Path directory, Quota quota, LimitHits met) {
        QuotaNames<Integer> present = counted;
        if (present == null) {
            present = new QuotaNames<>(names, quota, met);
            counted = present;
        }
        return new Tree<>(present, () -> libc.openRoot(directory), false).root();
    }

    /** The root of a directory in memory, with nothing in it; the room is the caller's. */
    public static Directory scratch(ScratchRoom room) {
        var made = new ScratchNames(room);
        return new Tree<>(made, made::root, false).root();
    }

    /** Why there can be no volumes on this system; empty if there can. */
    public static Optional<String> unavailable() {
        return Availability.HERE;
    }

    @Override
    public void close() {
        libc.close();
    }
}
