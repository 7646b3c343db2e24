package dev.jetway.route;

import java.util.Optional;

/**
 * Rules for sending files of a folder. Immutable.
 *
 * @param cacheControl the value of {@code Cache-Control}; empty for no such field
 * @param precompressed whether {@code name.br} and {@code name.gz} are sent instead of a file to
 *     clients that accept them
 * @param compress whether texts are compressed while they are sent
 */
public record FileRules(Optional<String> cacheControl, boolean precompressed, boolean compress) {
    /** No {@code Cache-Control}; both kinds of compression. */
    public static final FileRules DEFAULT = new FileRules(Optional.empty(), true, true);
}
