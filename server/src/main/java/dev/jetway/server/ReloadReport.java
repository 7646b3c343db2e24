package dev.jetway.server;

import java.util.List;

/**
 * What a reload has changed. Immutable.
 *
 * @param routes that are served now
 * @param added programs of routes that are new or have changed
 * @param removed programs of routes that have gone or have changed
 * @param restart keys that have changed and take effect with the next start only
 */
public record ReloadReport(int routes, int added, int removed, List<String> restart) {
    /** Copies the list. */
    public ReloadReport {
        restart = List.copyOf(restart);
    }

    /** Whether anything is served otherwise than before. */
    boolean isChange() {
        return added > 0 || removed > 0 || !restart.isEmpty();
    }

    @Override
    public String toString() {
        String text = "%d routes, %d programs new, %d gone".formatted(routes, added, removed);
        return restart.isEmpty()
                ? text
                : text + "; with the next start only: " + String.join(", ", restart);
    }
}
