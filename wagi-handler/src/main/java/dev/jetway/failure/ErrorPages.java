package dev.jetway.failure;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The pages that replace the server's own error pages, by status (Apache's {@code ErrorDocument}).
 * Responses of guests are never replaced. Immutable; safe to share between threads.
 *
 * @param byStatus from 400 to 599
 */
public record ErrorPages(Map<Integer, Replacement> byStatus) {
    /** The lowest status that can be replaced. */
    public static final int MIN_STATUS = 400;

    /** The highest status that can be replaced. */
    public static final int MAX_STATUS = 599;

    /** No replacements. */
    public static final ErrorPages NONE = new ErrorPages(Map.of());

    /** A replacement of an error page. */
    public sealed interface Replacement {
        /**
         * A page that was read at the start.
         *
         * @param page the page
         */
        record Page(ErrorPage page) implements Replacement {}

        /**
         * Another target on this server, requested with GET in place of the client.
         *
         * @param target path and query, raw
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

    /** The replacement of a status's page. */
    public Optional<Replacement> of(int status) {
        return Optional.ofNullable(byStatus.get(status));
    }

    /** These pages with their targets below a prefix of paths. */
    public ErrorPages below(String prefix) {
        var all = new HashMap<Integer, Replacement>();
        byStatus.forEach((status, page) ->
                all.put(
                        status,
                        switch (page) {
                            case Replacement.Page shown -> shown;
                            case Replacement.At(String target) ->
                                    new Replacement.At(prefix + target);
                        }));
        return new ErrorPages(all);
    }

    /** These pages, and the others for statuses that these do not replace. */
    public ErrorPages over(ErrorPages others) {
        var all = new HashMap<>(others.byStatus);
        all.putAll(byStatus);
        return new ErrorPages(all);
    }
}
