package dev.jetway.http;

import java.util.SortedSet;

/**
 * The fields that are about the connection, not the message (RFC 9110 §7.6.1). They are the
 * server's: a guest neither sees them nor sets them, or it could desynchronise the connection.
 */
public final class ConnectionFields {
    private static final SortedSet<String> NAMES =
            FieldNames.anyCase(
                    "connection",
                    "keep-alive",
                    "proxy-connection",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade");

    private ConnectionFields() {}

    public static boolean contains(String name) {
        return NAMES.contains(name);
    }
}
