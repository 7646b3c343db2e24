package dev.jetway.sandbox.file;

import dev.jetway.base.ByteSize;

/**
 * Limits of one guest run for files. Immutable; safe to share between threads.
 *
 * @param scratch bytes of its own directory in memory, {@code /tmp}; 0: it has none
 * @param descriptors that it may open, beside the standard streams and its volumes
 * @param directoryEntries that one call of {@code fd_readdir} gives; a buffer that takes more is an
 *     error
 * @param pathLength bytes of a path that it passes
 */
public record FileLimits(ByteSize scratch, int descriptors, int directoryEntries, int pathLength) {
    /** The range of {@link #scratch()}. */
    public static final ByteSize MAX_SCRATCH = ByteSize.ofMebibytes(2048);

    /** The range of {@link #descriptors()}. */
    public static final int MAX_DESCRIPTORS = 4096;

    /** The range of {@link #directoryEntries()}. */
    public static final int MAX_DIRECTORY_ENTRIES = 1_000_000;

    /** The range of {@link #pathLength()}, as PATH_MAX of Linux. */
    public static final int MAX_PATH_LENGTH = GuestPath.MAX_LENGTH;

    /** The upper ends of all ranges. */
    public static final FileLimits MOST =
            new FileLimits(MAX_SCRATCH, MAX_DESCRIPTORS, MAX_DIRECTORY_ENTRIES, MAX_PATH_LENGTH);

    /** No scratch, 256 descriptors, 10,000 entries a call, paths of 4,096 bytes. */
    public static final FileLimits DEFAULT =
            new FileLimits(new ByteSize(0), 256, 10_000, MAX_PATH_LENGTH);

    /** Rejects what is out of range. */
    public FileLimits {
        if (scratch.compareTo(MAX_SCRATCH) > 0) {
            throw new IllegalArgumentException("scratch is " + MAX_SCRATCH + " at most");
        }
        require("descriptors", descriptors, MAX_DESCRIPTORS);
        require("directory-entries", directoryEntries, MAX_DIRECTORY_ENTRIES);
        require("path-length", pathLength, MAX_PATH_LENGTH);
    }

    private static void require(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(name + " lies between 1 and " + most);
        }
    }

    /** These limits, each lowered to its cap. */
    public FileLimits within(FileLimits caps) {
        return new FileLimits(
                scratch.compareTo(caps.scratch) <= 0 ? scratch : caps.scratch,
                Math.min(descriptors, caps.descriptors),
                Math.min(directoryEntries, caps.directoryEntries),
                Math.min(pathLength, caps.pathLength));
    }

    /** These limits with another size of the directory in memory. */
    public FileLimits withScratch(ByteSize other) {
        return new FileLimits(other, descriptors, directoryEntries, pathLength);
    }

    /** These limits with another number of descriptors. */
    public FileLimits withDescriptors(int other) {
        return new FileLimits(scratch, other, directoryEntries, pathLength);
    }

    /** These limits with another number of entries a call. */
    public FileLimits withDirectoryEntries(int other) {
        return new FileLimits(scratch, descriptors, other, pathLength);
    }

    /** These limits with another length of paths. */
    public FileLimits withPathLength(int other) {
        return new FileLimits(scratch, descriptors, directoryEntries, other);
    }
}
