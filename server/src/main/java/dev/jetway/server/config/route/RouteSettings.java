package dev.jetway.server.config.route;

import dev.jetway.server.config.table.Key;
import dev.jetway.server.config.table.KeyValues;
import dev.jetway.server.config.table.KeysReader;
import dev.jetway.server.config.table.Problems;
import dev.jetway.server.config.table.Section;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Default limits and caps of routes. Immutable.
 *
 * @param limits of each, see {@link LimitKeys}
 * @param caps maxima for settings of routes
 */
public record RouteSettings(KeyValues limits, KeyValues caps) {
    public static final String LIMITS = "limits";
    public static final String CAPS = "caps";

    /** The default limits, and no caps but the maxima of the ranges. */
    public static final RouteSettings DEFAULT =
            new RouteSettings(KeyValues.defaults(LimitKeys.ALL, 1), LimitKeys.WIDEST_CAPS);

    /**
     * These settings with the tables {@code limits} and {@code caps} of a section.
     *
     * @param others keys of {@code limits} that are read elsewhere
     * @param widestCaps caps of the caps
     */
    public RouteSettings read(
            Section section, List<Key<?>> others, KeyValues widestCaps, Problems problems) {
        KeyValues newCaps =
                section.table(CAPS)
                        .map(table -> {
                            table.rejectUnknown(KeysReader.names(LimitKeys.CAPPED), false);
                            return KeysReader.ofTable(table, problems)
                                    .read(LimitKeys.CAPPED, caps, widestCaps);
                        })
                        .orElse(caps);
        KeyValues newLimits =
                section.table(LIMITS)
                        .map(table -> {
                            table.rejectUnknown(limitNames(others), false);
                            return LimitKeys.read(
                                    KeysReader.ofTable(table, problems),
                                    LimitKeys.ALL,
                                    limits,
                                    newCaps);
                        })
                        .orElse(limits.within(newCaps));
        return new RouteSettings(newLimits, newCaps);
    }

    private static Set<String> limitNames(List<Key<?>> others) {
        return KeysReader.names(Stream.concat(LimitKeys.ALL.stream(), others.stream()).toList());
    }
}
