package dev.jetway.server.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;

/**
 * What tells a file from a later version of itself without reading it. Immutable.
 *
 * @param key the system's, which changes when another file takes the name
 * @param modified when it was written to
 * @param size bytes
 * @param readable whether we may read it
 */
record FileStamp(String key, Instant modified, long size, boolean readable) {
    private static final FileStamp NONE = new FileStamp("", Instant.MIN, 0, false);

    /** Of a file, whether it is there or not. */
    static FileStamp of(Path file) {
        try {
            var found = Files.readAttributes(file, BasicFileAttributes.class);
            return new FileStamp(
                    String.valueOf(found.fileKey()),
                    found.lastModifiedTime().toInstant(),
                    found.size(),
                    Files.isReadable(file));
        } catch (IOException e) {
            return NONE;
        }
    }
}
