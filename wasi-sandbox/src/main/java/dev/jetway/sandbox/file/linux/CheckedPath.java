package dev.jetway.sandbox.file.linux;

import dev.jetway.base.ByteText;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * A file's path in the form in which {@link PathChecks} asks for it. Immutable; safe to share
 * between threads.
 */
public final class CheckedPath {
    /** Maximum bytes with the NUL at the end; a longer path is walked each time. */
    static final int MAX_LENGTH = 1024;

    private final byte[] text;

    private CheckedPath(byte[] text) {
        this.text = text;
    }

    /**
     * The path of a file below a folder.
     *
     * @param root the folder, absolute
     * @param path decoded, from the folder: {@code /a/b.css}
     * @return empty if the path is longer than is kept, or steps through {@code ..}
     */
    static Optional<CheckedPath> of(Path root, String path) {
        byte[] bytes = ByteText.encode(root.toString() + path);
        boolean plain = path.startsWith("/") && path.indexOf('\0') < 0 && !path.contains("..");
        return plain && bytes.length < MAX_LENGTH
                ? Optional.of(new CheckedPath(Arrays.copyOf(bytes, bytes.length + 1)))
                : Optional.empty();
    }

    /** Absolute, ending in NUL; never modified. */
    byte[] text() {
        return text;
    }
}
