package dev.jetway.server;

import java.util.List;

/**
 * The changes of a reload. Immutable.
 *
 * @param routes number of routes served
 * @param added programs of new and changed routes
 * @param removed programs of removed and changed routes
 * @param restart keys whose change takes effect at the next start
 */
public record ReloadReport(int routes, int added, int removed, List<String> restart) {
    /** Copies the list. */
    public ReloadReport {
        restart = List.copyOf(restart);
    }

    /** Whether the reload has changed anything. */
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
