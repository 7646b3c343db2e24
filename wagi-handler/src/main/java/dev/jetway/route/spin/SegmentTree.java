package dev.jetway.route.spin;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Values found by the segments of a path, as Spin's router does: at each segment a written one
 * before a named one before a wildcard, so that the longest match wins. A search visits each node
 * at most once. Immutable once it is filled; then safe to share between threads.
 */
public final class SegmentTree<T> {
    private final Map<String, SegmentTree<T>> written = new HashMap<>();
    private @Nullable SegmentTree<T> named;
    private @Nullable T exact;
    private @Nullable T exactOrSlash;
    private @Nullable T below;

    /** The paths that a pattern matches. */
    public enum Reach {
        /** Its own. */
        EXACT,
        /** Its own, with or without a slash at the end (Spin). */
        EXACT_OR_SLASH,
        /** Its own and all below. */
        BELOW
    }

    /**
     * A value that was found.
     *
     * @param end the length of the part of the path that the pattern names
     */
    public record Hit<T>(T value, int end) {}

    /**
     * Adds a value; of two with equal patterns the first stays.
     *
     * @param path canonical, without a wildcard
     * @param names whether {@code :name} stands for any segment that is not empty
     */
    public void add(String path, boolean names, Reach reach, T value) {
        SegmentTree<T> node = this;
        for (String segment : SpinRoute.segments(path)) {
            node = names && SpinRoute.isName(segment) ? node.ofName() : node.of(segment);
        }
        node.put(reach, value);
    }

    private SegmentTree<T> ofName() {
        SegmentTree<T> next = named == null ? new SegmentTree<>() : named;
        named = next;
        return next;
    }

    private SegmentTree<T> of(String segment) {
        return written.computeIfAbsent(segment, _ -> new SegmentTree<>());
    }

    private void put(Reach reach, T value) {
        switch (reach) {
            case EXACT -> exact = exact == null ? value : exact;
            case EXACT_OR_SLASH -> exactOrSlash = exactOrSlash == null ? value : exactOrSlash;
            case BELOW -> below = below == null ? value : below;
        }
    }

    /** The best value for a canonical path. */
    public Optional<Hit<T>> find(String path) {
        return Optional.ofNullable(find(path, 0));
    }

    private @Nullable Hit<T> find(String path, int at) {
        if (at == path.length()) {
            return hit(at, exact != null ? exact : exactOrSlash != null ? exactOrSlash : below);
        }
        int next = path.indexOf('/', at + 1);
        int end = next < 0 ? path.length() : next;
        Hit<T> found = null;
        SegmentTree<T> child = written.get(path.substring(at + 1, end));
        if (child != null) {
            found = child.find(path, end);
        }
        boolean empty = end == at + 1;
        if (found == null && named != null && !empty) {
            found = named.find(path, end);
        }
        if (found == null && empty && end == path.length()) {
            found = hit(at, exactOrSlash);
        }
        return found == null ? hit(at, below) : found;
    }

    private static <T> @Nullable Hit<T> hit(int end, @Nullable T value) {
        return value == null ? null : new Hit<>(value, end);
    }
}
