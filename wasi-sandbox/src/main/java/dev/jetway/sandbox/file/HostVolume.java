package dev.jetway.sandbox.file;

import java.nio.file.Path;

/**
 * A volume of one run; two are the same only if they are one object, so that no hard link leads
 * from one to another.
 */
final class HostVolume {
    private final Path directory;
    private final boolean readOnly;

    HostVolume(Path directory, boolean readOnly) {
        this.directory = directory;
        this.readOnly = readOnly;
    }

    Path directory() {
        return directory;
    }

    boolean readOnly() {
        return readOnly;
    }

    /** Throws if nothing may be changed. */
    void requireWritable() {
        if (readOnly) {
            throw Errno.ROFS.failure();
        }
    }
}
