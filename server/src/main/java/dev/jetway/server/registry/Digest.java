package dev.jetway.server.registry;

import dev.jetway.module.source.ModuleBytes;
import java.util.regex.Pattern;

/**
 * The SHA-256 of a content. Immutable.
 *
 * @param hex 64 hexadecimal digits in lower case
 */
public record Digest(String hex) {
    /** The name of the algorithm and the colon after it. */
    static final String PREFIX = "sha256:";

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    /** Rejects what is no digest. */
    public Digest {
        if (!HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException(
                    "a digest is 'sha256:' and 64 hexadecimal digits in small letters");
        }
    }

    /**
     * Reads {@code sha256:…}.
     *
     * @throws IllegalArgumentException with the reason
     */
    public static Digest parse(String text) {
        if (!text.startsWith(PREFIX)) {
            throw new IllegalArgumentException(
                    "a digest is 'sha256:' and 64 hexadecimal digits; no other kind is taken");
        }
        return new Digest(text.substring(PREFIX.length()));
    }

    /** The digest of a content. */
    public static Digest of(byte[] content) {
        return new Digest(ModuleBytes.digest(content));
    }

    @Override
    public String toString() {
        return PREFIX + hex;
    }
}
