package dev.jetway.server.registry;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The content that a place had when it was pulled. Immutable.
 *
 * @param place as text
 * @param manifest of the registry; none for a file of a web server
 * @param module its content
 * @param size bytes of the module
 * @param pulled the time
 */
public record PullRecord(
        String place, Optional<Digest> manifest, Digest module, long size, Instant pulled) {
    /** Maximum bytes of a record. */
    static final int MAX_BYTES = 8192;

    private static final String HEAD = "jetway-pull 1";

    /** The text of a file. */
    String text() {
        return HEAD
                + "\nplace "
                + place
                + manifest.map(m -> "\nmanifest " + m).orElse("")
                + "\nmodule "
                + module
                + "\nsize "
                + size
                + "\npulled "
                + pulled
                + "\n";
    }

    /** Reads the text of a file; empty if it is damaged. */
    static Optional<PullRecord> parse(String text) {
        Map<String, String> values = new HashMap<>();
        text.lines()
                .skip(1)
                .map(line -> line.split(" ", 2))
                .filter(parts -> parts.length == 2)
                .forEach(parts -> values.putIfAbsent(parts[0], parts[1]));
        if (!text.startsWith(HEAD + "\n") || !text.endsWith("\n")) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new PullRecord(
                            values.getOrDefault("place", ""),
                            Optional.ofNullable(values.get("manifest")).map(Digest::parse),
                            Digest.parse(values.getOrDefault("module", "")),
                            Long.parseLong(values.getOrDefault("size", "")),
                            Instant.parse(values.getOrDefault("pulled", ""))));
        } catch (IllegalArgumentException | DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
