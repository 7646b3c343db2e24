package dev.jetway.http;

/**
 * The fields of a response that are not lists: a message has at most one of each, and two lines
 * cannot be joined (RFC 9110 §5.3).
 */
public final class SingleFields {
    private static final FieldNames NAMES =
            new FieldNames(
                    "access-control-allow-origin",
                    "age",
                    "content-disposition",
                    "content-length",
                    "content-location",
                    "content-range",
                    "content-type",
                    "date",
                    "etag",
                    "expires",
                    "last-modified",
                    "location",
                    "retry-after",
                    "server",
                    "status");

    private SingleFields() {}

    public static boolean contains(String name) {
        return NAMES.contains(name);
    }
}
