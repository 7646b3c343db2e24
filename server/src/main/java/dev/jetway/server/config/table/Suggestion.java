package dev.jetway.server.config.table;

import java.util.Collection;
import java.util.Comparator;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds the known word that is most similar to an unknown one. */
public final class Suggestion {
    private static final int MAX_DISTANCE = 3;

    private static final LevenshteinDistance DISTANCE = LevenshteinDistance.getDefaultInstance();

    private Suggestion() {}

    /** {@code " — did you mean 'module'?"}, or a list of all words if none is similar. */
    public static String of(String word, Collection<String> known) {
        return known.stream()
                .filter(k -> isNear(word, k))
                .min(Comparator.comparingInt(k -> DISTANCE.apply(word, k)))
                .map(k -> " — did you mean '" + k + "'?")
                .orElse(
                        " (known here: "
                                + String.join(", ", known.stream().sorted().toList())
                                + ")");
    }

    private static boolean isNear(String word, String known) {
        return Math.abs(word.length() - known.length()) <= MAX_DISTANCE
                && DISTANCE.apply(word, known) <= Math.min(MAX_DISTANCE, word.length() / 2 + 1);
    }
}
