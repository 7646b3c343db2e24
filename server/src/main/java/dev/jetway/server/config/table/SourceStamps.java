package dev.jetway.server.config.table;

import dev.jetway.base.PathStamp;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * The stamps of files and folders at one time: equal stamps mean equal contents. Immutable.
 *
 * @param byPath a stamp for each
 */
public record SourceStamps(Map<Path, PathStamp> byPath) {
    /** Copies the map. */
    public SourceStamps {
        byPath = Map.copyOf(byPath);
    }

    /** The current stamps. */
    public static SourceStamps of(Collection<Path> sources) {
        var stamps = new HashMap<Path, PathStamp>();
        sources.forEach(path -> stamps.put(path, PathStamp.of(path)));
        return new SourceStamps(stamps);
    }

    /** The current stamps of the same files and folders. */
    public SourceStamps now() {
        return of(byPath.keySet());
    }

    /** The stamps here that differ from others, or that these lack. */
    public SourceStamps unlike(SourceStamps others) {
        var changed = new HashMap<Path, PathStamp>();
        byPath.forEach((path, stamp) -> {
            if (!stamp.equals(others.byPath.get(path))) {
                changed.put(path, stamp);
            }
        });
        return new SourceStamps(changed);
    }

    /** Whether there is no stamp. */
    public boolean isEmpty() {
        return byPath.isEmpty();
    }
}
