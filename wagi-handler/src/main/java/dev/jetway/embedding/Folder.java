package dev.jetway.embedding;

import dev.jetway.sandbox.Volume;
import java.nio.file.Path;

/**
 * A folder of the host that a program sees, and nothing above it. Immutable.
 *
 * @param guestPath the name under which the program sees it, for example {@code /data}
 * @param folder on the host
 * @param writable whether the program may change its content
 */
public record Folder(String guestPath, Path folder, boolean writable) {
    /**
     * Makes the folder absolute.
     *
     * @throws IllegalArgumentException if the guest path is empty
     */
    public Folder {
        folder = new Volume(guestPath, folder).hostDirectory();
    }
}
