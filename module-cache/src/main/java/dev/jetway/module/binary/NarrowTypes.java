package dev.jetway.module.binary;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Replaces each function type with more parameters or results than the engine can pass by one with
 * few that no other type of the module has: comparisons of types in indirect calls keep their
 * results.
 */
final class NarrowTypes {
    /** Words that the engine can pass: a JVM method has 255, and the engine uses two. */
    private static final int WORDS = 250;

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
        return isWide(type.parameters()) || isWide(type.results());
    }

    static boolean isWide(List<ValueType> values) {
        return values.stream().mapToInt(ValueType::slots).sum() > WORDS;
    }

    /** The index of a type or of its replacement. */
    int indexFor(int type) {
        Signature signature = outline.types.get(type);
        return isWide(signature) ? types.indexOf(of(signature)) : type;
    }

    /** Unused results that a function returns after its own. */
    int unusedResults(Signature wide) {
        int own = isWide(wide.results()) ? 0 : wide.results().size();
        return of(wide).results().size() - own;
    }

    private Signature of(Signature wide) {
        return narrow.computeIfAbsent(wide, this::unused);
    }

    private Signature unused(Signature wide) {
        List<ValueType> parameters = isWide(wide.parameters()) ? List.of() : wide.parameters();
        for (int unusedResults = 1; ; unusedResults++) {
            List<ValueType> results =
                    new ArrayList<>(isWide(wide.results()) ? List.of() : wide.results());
            results.addAll(Collections.nCopies(unusedResults, ValueType.INT));
            var candidate = new Signature(parameters, results);
            if (taken.add(candidate)) {
                return candidate;
            }
        }
    }
}
