package dev.jetway.server.config.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * The stamps of files and folders at one time: equal stamps mean equal contents. Immutable.
 *
 * @param byPath a stamp for each, as text
 */
public record SourceStamps(Map<Path, String> byPath) {
    private static final String MISSING = "missing";

    /** Copies the map. */
    public SourceStamps {
        byPath = Map.copyOf(byPath);
    }

    /** The current stamps. */
    public static SourceStamps of(Collection<Path> sources) {
        var stamps = new HashMap<Path, String>();
        sources.forEach(path -> stamps.put(path, stamp(path)));
        return new SourceStamps(stamps);
    }

    /** These stamps, replaced by earlier ones where known. */
    public SourceStamps butEarlier(SourceStamps earlier) {
        var stamps = new HashMap<>(byPath);
        earlier.byPath.forEach((path, stamp) -> stamps.replace(path, stamp));
        return new SourceStamps(stamps);
    }

    private static String stamp(Path path) {
        try {
            var found = Files.readAttributes(path, BasicFileAttributes.class);
            return found.fileKey()
                    + " "
                    + found.lastModifiedTime().toInstant()
                    + " "
                    + found.size();
        } catch (IOException e) {
            return MISSING;
        }
    }
}
