package dev.jetway.sandbox.file;

import java.util.ArrayList;
import java.util.List;

/**
 * Which limits a guest has met that end nothing: it was told an error and went on. The names are
 * those of logs and metrics, each once. Used by the run's thread only.
 */
public final class LimitHits {
    private final List<String> names = new ArrayList<>(0);

    /** Notes a limit. */
    public void add(String name) {
        if (!names.contains(name)) {
            names.add(name);
        }
    }

    /** Those met so far, in that order. */
    public List<String> names() {
        return List.copyOf(names);
    }
}
