package dev.jetway.server.config.route;

import dev.jetway.base.SourcePosition;
import dev.jetway.route.Route;
import dev.jetway.server.config.table.Problems;
import dev.jetway.server.config.table.Section;
import java.util.List;
import java.util.Set;

/**
 * Reads Wagi's {@code modules.toml}. Wagi ignores unknown keys; here they are warnings, so that
 * every file that Wagi loads is loaded.
 */
public final class ModulesReader {
    public static final Set<String> TOP_KEYS = Set.of("module", "default_host", "defaultHost");

    private final SearchPath search;
    private final String file;
    private final RouteDefaults defaults;
    private final Problems problems;

    public ModulesReader(
            SearchPath search, String file, RouteDefaults defaults, Problems problems) {
        this.search = search;
        this.file = file;
        this.defaults = defaults;
        this.problems = problems;
    }

    /** All routes of the file. */
    public List<Route> read(Section top) {
        top.rejectUnknown(TOP_KEYS, true);
        if (!top.keys().contains("module")) {
            problems.error(
                    new SourcePosition(file, 0),
                    "is not a WAGI module config: it has no [[module]]: add one with a 'route' and"
                            + " a 'module'");
        }
        return new RouteReader(RouteSyntax.WAGI, search, defaults, problems).readAll(top);
    }
}
