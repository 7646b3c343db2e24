package dev.jetway.server.config;

import java.util.Collection;
import java.util.Comparator;

/** What somebody may have meant by a word that we do not know. */
final class Suggestion {
    private static final int MAX_DISTANCE = 3;

    private Suggestion() {}

    /** {@code " — did you mean 'module'?"}, or a list of all words if none is near. */
    static String of(String word, Collection<String> known) {
        return known.stream()
                .filter(k -> isNear(word, k))
                .min(Comparator.comparingInt(k -> distance(word, k)))
                .map(k -> " — did you mean '" + k + "'?")
                .orElse(
                        " (known here: "
                                + String.join(", ", known.stream().sorted().toList())
                                + ")");
    }

    private static boolean isNear(String word, String known) {
        return Math.abs(word.length() - known.length()) <= MAX_DISTANCE
                && distance(word, known) <= Math.min(MAX_DISTANCE, word.length() / 2 + 1);
    }

    /** Levenshtein's, with two rows. */
    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
