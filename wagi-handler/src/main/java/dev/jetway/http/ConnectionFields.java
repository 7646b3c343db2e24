package dev.jetway.http;

import java.util.SortedSet;

/**
 * The fields that describe the connection, not the message (RFC 9110 §7.6.1). Only the server reads
 * and sets them: a guest could desynchronise the connection.
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
