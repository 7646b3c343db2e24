package dev.jetway.server.config.table;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the values of keys from a table. */
public final class KeysReader {
    /** Suffix of limits among other keys: {@code time} becomes {@code time-limit}. */
    public static final String LIMIT = "-limit";

    private final Section section;
    private final String suffix;
    private final Problems problems;

    private KeysReader(Section section, String suffix, Problems problems) {
        this.section = section;
        this.suffix = suffix;
        this.problems = problems;
    }

    /** A reader of a table where each key has its own name. */
    public static KeysReader ofTable(Section section, Problems problems) {
        return new KeysReader(section, "", problems);
    }

    /** A reader of limits in a table with other keys. */
    public static KeysReader ofLimits(Section section, Problems problems) {
        return new KeysReader(section, LIMIT, problems);
    }

    /** The names of keys. */
    public static Set<String> names(Collection<Key<?>> keys) {
        return keys.stream().map(Key::name).collect(Collectors.toUnmodifiableSet());
    }

    /** The names of limits among other keys. */
    public static Set<String> limitNames(Collection<Key<?>> keys) {
        return keys.stream().map(k -> k.name() + LIMIT).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether the table holds a key. */
    public boolean has(Key<?> key) {
        return section.keys().contains(key.name() + suffix);
    }

    /** Reports a key that has no effect without another. */
    public void rejectWithout(Key<?> key, Key<?> other) {
        String name = key.name() + suffix;
        problems.error(
                section.position(name),
                "'" + name + "' says nothing without a '" + other.name() + suffix + "'");
    }

    /**
     * The values of the table, and the base for missing ones. A value above its cap is a warning,
     * and the cap is used.
     */
    public KeyValues read(Collection<Key<?>> keys, KeyValues base, KeyValues caps) {
        KeyValues values = base.within(caps);
        for (Key<?> key : keys) {
            values = read(key, values, caps);
        }
        return values;
    }

    private <V> KeyValues read(Key<V> key, KeyValues values, KeyValues caps) {
        return key.kind()
                .read(section, key.name() + suffix)
                .map(value -> values.with(key, capped(key, value, caps)))
                .orElse(values);
    }

    private <V> V capped(Key<V> key, V value, KeyValues caps) {
        var cap = caps.capBelow(key, value);
        cap.ifPresent(most -> warn(key.name() + suffix, key.kind().text(most)));
        return cap.orElse(value);
    }

    private void warn(String name, String most) {
        problems.breach(
                section.position(name), "'" + name + "' may be " + most + " at most here", most);
    }
}
