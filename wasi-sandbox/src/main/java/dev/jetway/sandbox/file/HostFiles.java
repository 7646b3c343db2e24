package dev.jetway.sandbox.file;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The host's files for one run: nothing is opened and no memory is taken before a guest asks. Used
 * by the run's thread, which must close it and what it opened.
 */
public final class HostFiles implements AutoCloseable {
    private final Libc libc = new Libc();
    private final HostNames names = new HostNames(libc);

    /**
     * A volume's root; it is opened when it is first used.
     *
     * @param directory where it is on the host
     * @param readOnly whether nothing in it may be changed
     */
    public Directory root(Path directory, boolean readOnly) {
        return new Tree<>(names, () -> libc.openRoot(directory), readOnly).root();
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
