package dev.jetway.route;

import java.util.Optional;

/**
 * How files of a folder are sent. Immutable.
 *
 * @param cacheControl the value of {@code Cache-Control}, if there is to be one
 * @param precompressed whether {@code name.br} and {@code name.gz} beside a file are sent instead
 *     of it to clients that take them
 * @param compress whether texts are compressed while they are sent
 */
public record FileRules(Optional<String> cacheControl, boolean precompressed, boolean compress) {
    /** No {@code Cache-Control}; both kinds of compression. */
    public static final FileRules DEFAULT = new FileRules(Optional.empty(), true, true);
}
