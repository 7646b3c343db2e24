package dev.jetway.module.binary;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * For each type with more results than the engine can return one with few, which stands for no
 * other type of the module: calls of unknown functions still compare the same.
 */
final class NarrowTypes {
    /** Words of results that the engine can return: a method of the JVM has 255 parameters. */
    private static final int RESULT_WORDS = 250;

    private final Outline outline;
    private final AddedTypes types;
    private final Set<Signature> taken;
    private final Map<Signature, Signature> narrow = new LinkedHashMap<>();

    NarrowTypes(Outline outline, AddedTypes types) {
        this.outline = outline;
        this.types = types;
        this.taken = new HashSet<>(outline.types);
    }

    static boolean isWide(Signature type) {
        return type.results().stream().mapToInt(ValueType::slots).sum() > RESULT_WORDS;
    }

    /** The index of a type, or of the one in its place. */
    int indexFor(int type) {
        Signature signature = outline.types.get(type);
        return isWide(signature) ? types.indexOf(of(signature)) : type;
    }

    /** Results of no meaning that a function returns in place of its own. */
    int dummies(Signature wide) {
        return of(wide).results().size();
    }

    private Signature of(Signature wide) {
        return narrow.computeIfAbsent(wide, this::unused);
    }

    private Signature unused(Signature wide) {
        for (int results = 1; ; results++) {
            var candidate =
                    new Signature(
                            wide.parameters(), Collections.nCopies(results, ValueType.INT));
            if (taken.add(candidate)) {
                return candidate;
            }
        }
    }
}
