package dev.jetway.failure;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is shown instead of our own error pages, by status (Apache's {@code ErrorDocument}). What a
 * guest answers by itself is never replaced. Immutable; safe to share between threads.
 *
 * @param byStatus from 400 to 599
 */
public record ErrorPages(Map<Integer, Replacement> byStatus) {
    /** The least status that can be replaced. */
    public static final int MIN_STATUS = 400;

    /** The greatest status that can be replaced. */
    public static final int MAX_STATUS = 599;

    /** Nothing is replaced. */
    public static final ErrorPages NONE = new ErrorPages(Map.of());

    /** What stands in for an error page. */
    public sealed interface Replacement {
        /**
         * A page that was read at the start.
         *
         * @param page what is sent
         */
        record Page(ErrorPage page) implements Replacement {}

        /**
         * Another address of this server, asked with GET in the client's place.
         *
         * @param target its path and query, raw
         */
        record At(String target) implements Replacement {}
    }

    /** Copies the map and checks the range. */
    public ErrorPages {
        byStatus = Map.copyOf(byStatus);
        for (int status : byStatus.keySet()) {
            if (status < MIN_STATUS || status > MAX_STATUS) {
                throw new IllegalArgumentException(status + " is not the status of an error");
            }
        }
    }

    /** What stands in for the page of that status. */
    public Optional<Replacement> of(int status) {
        return Optional.ofNullable(byStatus.get(status));
    }

    /** These, and where they say nothing the others. */
    public ErrorPages over(ErrorPages others) {
        var all = new HashMap<>(others.byStatus);
        all.putAll(byStatus);
        return new ErrorPages(all);
    }
}
