package dev.jetway.server.config.table;

import dev.jetway.base.FileStamp;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * The stamps of files and folders at one time: equal stamps mean equal contents. Immutable.
 *
 * @param byPath a stamp for each
 */
public record SourceStamps(Map<Path, FileStamp> byPath) {
    /** Copies the map. */
    public SourceStamps {
        byPath = Map.copyOf(byPath);
    }

    /** The current stamps. */
    public static SourceStamps of(Collection<Path> sources) {
        var stamps = new HashMap<Path, FileStamp>();
        sources.forEach(path -> stamps.put(path, FileStamp.of(path)));
        return new SourceStamps(stamps);
    }

    /** These stamps, replaced by earlier ones where known. */
    public SourceStamps butEarlier(SourceStamps earlier) {
        var stamps = new HashMap<>(byPath);
        earlier.byPath.forEach((path, stamp) -> stamps.replace(path, stamp));
        return new SourceStamps(stamps);
    }
}
