package dev.jetway.http;

/**
 * The fields that describe the connection, not the message (RFC 9110 §7.6.1). Only the server reads
 * and sets them: a guest could desynchronise the connection.
 */
public final class ConnectionFields {
    private static final FieldNames NAMES =
            new FieldNames(
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
