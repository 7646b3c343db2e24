package dev.jetway.server.config.table;

import dev.jetway.base.PathStamp;
import java.nio.file.Path;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The files and folders of a configuration that is being read, each with its stamp when it was
 * added. Readers add a path before they read it, so that a change meanwhile is found by comparing.
 * Used by one thread.
 */
public final class StampedPaths extends AbstractSet<Path> {
    private final Map<Path, PathStamp> stamps = new LinkedHashMap<>();

    /** Takes the stamp of a path that is new. */
    @Override
    public boolean add(Path path) {
        if (stamps.containsKey(path)) {
            return false;
        }
        stamps.put(path, PathStamp.of(path));
        return true;
    }

    /** Adds paths with stamps that were taken before they were read. */
    public void addAll(SourceStamps others) {
        others.byPath().forEach(stamps::putIfAbsent);
    }

    /** The stamps of all paths. */
    public SourceStamps stamps() {
        return new SourceStamps(stamps);
    }

    @Override
    public boolean contains(Object path) {
        return path instanceof Path one && stamps.containsKey(one);
    }

    @Override
    public Iterator<Path> iterator() {
        return List.copyOf(stamps.keySet()).iterator();
    }

    @Override
    public int size() {
        return stamps.size();
    }
}
