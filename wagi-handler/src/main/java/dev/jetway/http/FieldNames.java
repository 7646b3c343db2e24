package dev.jetway.http;

import java.util.Arrays;

/**
 * A set of field names, which are case-insensitive (RFC 9110 §5.1). Finds a name in any case
 * without creating another string. Immutable.
 */
final class FieldNames {
    private final String[][] byLength;

    FieldNames(String... names) {
        int longest = Arrays.stream(names).mapToInt(String::length).max().orElse(0);
        byLength = new String[longest + 1][];
        for (int length = 0; length <= longest; length++) {
            byLength[length] = ofLength(length, names);
        }
    }

    private static String[] ofLength(int length, String... names) {
        return Arrays.stream(names).filter(n -> n.length() == length).toArray(String[]::new);
    }

    boolean contains(String name) {
        if (name.length() >= byLength.length) {
            return false;
        }
        for (String one : byLength[name.length()]) {
            if (one.equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }
}
