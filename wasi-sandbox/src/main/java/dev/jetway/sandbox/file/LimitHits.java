package dev.jetway.sandbox.file;

import java.util.ArrayList;
import java.util.List;

/**
 * The limits that a guest has hit without being ended: a call failed and the guest went on. The
 * names are those of logs and metrics, each once. Used by the run's thread only.
 */
public final class LimitHits {
    private final List<String> names = new ArrayList<>(0);

    /** Notes a limit. */
    public void add(String name) {
        if (!names.contains(name)) {
            names.add(name);
        }
    }

    /** The names so far, in order. */
    public List<String> names() {
        return List.copyOf(names);
    }
}
