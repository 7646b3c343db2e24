package dev.jetway.server.config.table;

import java.util.Collection;
import java.util.Map;

/** Keys that had another name in earlier versions. */
public final class RenamedKeys {
    private static final Map<String, String> NOW =
            Map.of(
                    "guest-threads", "guest-slots",
                    "lasting-guests", "long-running-guests",
                    "drain", "shutdown-timeout",
                    "compilations", "compile-threads");

    private RenamedKeys() {}

    /**
     * What to say of a key that is not known: its new name, or the known key that is most like it.
     *
     * @param known the keys of the table in which it stands
     */
    public static String message(String key, Collection<String> known) {
        String now = NOW.get(key);
        return now != null && known.contains(now)
                ? "'" + key + "' is called '" + now + "' now"
                : "unknown key '" + key + "'" + Suggestion.of(key, known);
    }
}
