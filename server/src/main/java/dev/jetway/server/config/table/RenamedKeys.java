package dev.jetway.server.config.table;

import java.util.Collection;
import java.util.Map;

/** Keys whose names have changed. */
public final class RenamedKeys {
    private static final Map<String, String> NOW =
            Map.of(
                    "guest-threads", "guest-slots",
                    "lasting-guests", "long-running-guests",
                    "drain", "shutdown-timeout",
                    "compilations", "compile-threads");

    private RenamedKeys() {}

    /**
     * The message for an unknown key: its new name, or the most similar known key.
     *
     * @param known the keys of the table
     */
    public static String message(String key, Collection<String> known) {
        String now = NOW.get(key);
        return now != null && known.contains(now)
                ? "'" + key + "' is called '" + now + "' now"
                : "unknown key '" + key + "'" + Suggestion.of(key, known);
    }
}
