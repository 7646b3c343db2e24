package dev.jetway.server.config;

import dev.jetway.base.SourcePosition;
import dev.jetway.route.Action;
import dev.jetway.route.Route;
import dev.jetway.route.RunModule;
import dev.jetway.route.RunScript;
import dev.jetway.route.ServeFolder;
import dev.jetway.sandbox.file.linux.HostFiles;
import dev.jetway.sandbox.process.ThreadNice;
import dev.jetway.server.config.table.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The services of the operating system that routes may need and that Java has not. Immutable.
 *
 * @param noFiles the reason why there are no volumes and no folders of files; empty if there are
 * @param priorities whether a thread can have a priority of its own
 */
public record Platform(Optional<String> noFiles, boolean priorities) {
    /** The one of this process. */
    public static final Platform HERE =
            new Platform(HostFiles.unavailable(), ThreadNice.isAvailable());

    private static final SourcePosition THIS = new SourcePosition("this system", 0);

    /**
     * The configuration as this platform can serve it: routes that need files answer 503, with one
     * warning for all of them, and others are not affected.
     */
    public Configuration restrict(Configuration wanted) {
        var warnings = new ArrayList<>(wanted.warnings());
        if (!priorities) {
            warnings.add(
                    warning(
                            THIS,
                            "threads have no priorities: programs that run for long"
                                    + " slow down others (docs/platforms.md)"));
        }
        List<Route> refused = noFiles.isEmpty() ? List.of() : needFiles(wanted);
        if (!refused.isEmpty()) {
            Route first = refused.getFirst();
            warnings.add(
                    warning(
                            first.position(),
                            "%s; %d routes with volumes or folders answer 503, the first is %s"
                                            .formatted(
                                                    noFiles.orElseThrow(),
                                                    refused.size(),
                                                    first.pattern())
                                    + " (docs/platforms.md)"));
        }
        return new Configuration(
                wanted.server(),
                refused.isEmpty()
                        ? wanted.routes()
                        : wanted.routes().stream().map(Platform::refuse).toList(),
                warnings,
                wanted.sources(),
                wanted.sites());
    }

    private static Problem warning(SourcePosition position, String message) {
        return new Problem(Problem.Severity.WARNING, position, message);
    }

    private static List<Route> needFiles(Configuration configuration) {
        return configuration.routes().stream().filter(r -> needsFiles(r.action())).toList();
    }

    private static boolean needsFiles(Action action) {
        return switch (action) {
            case RunModule run -> !run.volumes().isEmpty();
            case RunScript _, ServeFolder _ -> true;
            case Action.Refuse _ -> false;
        };
    }

    private static Route refuse(Route route) {
        return needsFiles(route.action())
                ? route.with(route.pattern(), new Action.Refuse(Action.Refuse.Reason.NOT_OFFERED))
                : route;
    }
}
