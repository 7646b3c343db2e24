package dev.jetway.cgi;

import java.util.Locale;
import java.util.Set;

/**
 * The fields that are about the connection, not the message (RFC 9110 §7.6.1). They are the
 * server's: a guest neither sees them nor sets them, or it could desynchronise the connection.
 */
final class ConnectionFields {
    private static final Set<String> NAMES =
            Set.of(
                    "connection",
                    "keep-alive",
                    "proxy-connection",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade");

    private ConnectionFields() {}

    static boolean contains(String name) {
        return NAMES.contains(name.toLowerCase(Locale.ROOT));
    }
}
