package dev.jetway.sandbox;

import java.nio.file.Path;

/**
 * A host directory that a guest sees under a path of its own (a WASI preopen). Immutable.
 *
 * @param guestPath what the guest calls it, for example {@code /data}
 * @param hostDirectory where it is on the host, absolute
 * @param readOnly whether the guest may change nothing in it
 */
public record Volume(String guestPath, Path hostDirectory, boolean readOnly) {
    /** The guest path of a guest's own directory in memory, if it has one. */
    public static final String SCRATCH = "/tmp";

    /** Rejects an empty guest path. */
    public Volume {
        if (guestPath.isEmpty()) {
            throw new IllegalArgumentException("a volume needs a guest path");
        }
        hostDirectory = hostDirectory.toAbsolutePath().normalize();
    }

    /** Whether the guest's root is this volume. */
    boolean isRoot() {
        return guestPath.chars().allMatch(c -> c == '/' || c == '.');
    }

    /** A writable volume. */
    public Volume(String guestPath, Path hostDirectory) {
        this(guestPath, hostDirectory, false);
    }
}
