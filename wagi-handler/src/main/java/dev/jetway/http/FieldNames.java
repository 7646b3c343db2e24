package dev.jetway.http;

import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Sets of field names, which are case-insensitive (RFC 9110 §5.1). */
final class FieldNames {
    private FieldNames() {}

    /** A set that finds its names in any case without creating another string. */
    static SortedSet<String> anyCase(String... names) {
        var set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        set.addAll(List.of(names));
        return Collections.unmodifiableSortedSet(set);
    }
}
