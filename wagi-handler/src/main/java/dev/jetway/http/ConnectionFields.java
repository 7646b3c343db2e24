package dev.jetway.http;

import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The fields that are about the connection, not the message (RFC 9110 §7.6.1). They are the
 * server's: a guest neither sees them nor sets them, or it could desynchronise the connection.
 */
public final class ConnectionFields {
    private static final SortedSet<String> NAMES =
            anyCase(
                    "connection",
                    "keep-alive",
                    "proxy-connection",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade");

    private ConnectionFields() {}

    private static SortedSet<String> anyCase(String... names) {
        var set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        set.addAll(List.of(names));
        return Collections.unmodifiableSortedSet(set);
    }

    public static boolean contains(String name) {
        return NAMES.contains(name);
    }
}
