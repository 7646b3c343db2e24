package dev.jetway.http;

import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The fields of a response that are no lists: a message has one of each at most, and two lines of
 * one cannot be joined (RFC 9110 §5.3).
 */
public final class SingleFields {
    private static final SortedSet<String> NAMES =
            anyCase(
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

    private static SortedSet<String> anyCase(String... names) {
        var set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        set.addAll(List.of(names));
        return Collections.unmodifiableSortedSet(set);
    }

    public static boolean contains(String name) {
        return NAMES.contains(name);
    }
}
