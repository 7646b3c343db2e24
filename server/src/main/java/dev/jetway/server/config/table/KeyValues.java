package dev.jetway.server.config.table;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Values of keys; a key without one is unset. Immutable.
 *
 * @param values of the type of their keys, see {@link #with}
 */
public record KeyValues(Map<Key<?>, Object> values) {
    /** No values. */
    public static final KeyValues NONE = new KeyValues(Map.of());

    public KeyValues {
        values = Map.copyOf(values);
    }

    /** The defaults for a number of processors. */
    public static KeyValues defaults(Collection<Key<?>> keys, int processors) {
        var values = new HashMap<Key<?>, Object>();
        for (Key<?> key : keys) {
            key.standard().apply(processors).ifPresent(value -> values.put(key, value));
        }
        return new KeyValues(values);
    }

    /** The maxima of the ranges of the keys with caps. */
    public static KeyValues widestCaps(Collection<Key<?>> keys) {
        var values = new HashMap<Key<?>, Object>();
        for (Key<?> key : keys) {
            if (key.capped() && key.kind() instanceof Kind.Ranged<?> range) {
                values.put(key, range.most());
            }
        }
        return new KeyValues(values);
    }

    @SuppressWarnings("unchecked") // with() and the defaults put only values of the key's type
    public <V> Optional<V> find(Key<V> key) {
        return Optional.ofNullable((V) values.get(key));
    }

    /**
     * The value of a key with a default.
     *
     * @throws IllegalStateException if there is no value
     */
    public <V> V get(Key<V> key) {
        return find(key)
                .orElseThrow(() -> new IllegalStateException("no default for " + key.name()));
    }

    public <V> KeyValues with(Key<V> key, V value) {
        var changed = new HashMap<>(values);
        changed.put(key, value);
        return new KeyValues(changed);
    }

    public KeyValues without(Key<?> key) {
        var changed = new HashMap<>(values);
        changed.remove(key);
        return new KeyValues(changed);
    }

    /** These values, reduced to their caps. */
    public KeyValues within(KeyValues caps) {
        KeyValues within = this;
        for (Key<?> key : caps.values.keySet()) {
            within = within.capped(key, caps);
        }
        return within;
    }

    private <V> KeyValues capped(Key<V> key, KeyValues caps) {
        return find(key)
                .flatMap(value -> caps.capBelow(key, value))
                .map(cap -> with(key, cap))
                .orElse(this);
    }

    /** The cap of a key if the value exceeds it. */
    public <V> Optional<V> capBelow(Key<V> key, V value) {
        return key.kind() instanceof Kind.Ranged<V> range
                ? find(key).filter(cap -> range.order().compare(value, cap) > 0)
                : Optional.empty();
    }
}
