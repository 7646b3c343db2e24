package dev.jetway.server.config;

import dev.jetway.cgi.CgiRules;
import dev.jetway.cgi.Dialect;
import dev.jetway.cgi.Route;
import dev.jetway.cgi.RoutePattern;
import dev.jetway.cgi.SourcePosition;
import dev.jetway.sandbox.GuestLimits;
import dev.jetway.sandbox.Volume;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import org.apache.commons.configuration2.tree.ImmutableNode;

/**
 * Wagi's {@code modules.toml}. Wagi ignores keys that it does not know; here they are warnings, so
 * that every file that Wagi loads is loaded.
 */
final class ModulesReader {
    static final Set<String> TOP_KEYS = Set.of("module", "default_host", "defaultHost");
    static final Set<String> MODULE_KEYS =
            Set.of(
                    "route",
                    "module",
                    "entrypoint",
                    "argv",
                    "volumes",
                    "environment",
                    "time-limit",
                    "memory-limit",
                    "dialect",
                    "argv-from-query",
                    "nph",
                    "allowed_hosts",
                    "http_max_concurrency",
                    "bindle_server",
                    "repository",
                    "host");

    /** Wagi's keys that are read, but for which there is nothing to do yet. */
    private static final Set<String> NOT_YET =
            Set.of("allowed_hosts", "http_max_concurrency", "host");

    /** Routes of one file. */
    static final int MAX_ROUTES = 100_000;

    private final SearchPath search;
    private final String file;
    private final GuestLimits defaults;
    private final Problems problems;

    ModulesReader(SearchPath search, String file, GuestLimits defaults, Problems problems) {
        this.search = search;
        this.file = file;
        this.defaults = defaults;
        this.problems = problems;
    }

    List<Route> read(ImmutableNode root) {
        var top = new Section(root, file, problems);
        top.rejectUnknown(TOP_KEYS, true);
        if (!top.keys().contains("module")) {
            problems.error(
                    new SourcePosition(file, 0),
                    "is not a WAGI module config: it has no [[module]]: add one with a 'route' and"
                            + " a 'module'");
        }
        List<Section> modules = top.tables("module");
        if (modules.size() > MAX_ROUTES) {
            problems.error(
                    modules.get(MAX_ROUTES).position(), "more than " + MAX_ROUTES + " routes");
            return List.of();
        }
        var routes = new ArrayList<Route>();
        Map<RoutePattern, SourcePosition> first = new HashMap<>();
        for (Section module : modules) {
            for (Route route : route(module).stream().toList()) {
                SourcePosition other = first.putIfAbsent(route.pattern(), route.position());
                if (other != null) {
                    problems.error(
                            route.position(),
                            "the route " + route.pattern() + " stands twice: first at " + other);
                }
                routes.add(route);
            }
        }
        return routes;
    }

    private Optional<Route> route(Section module) {
        module.rejectUnknown(MODULE_KEYS, true);
        NOT_YET.stream()
                .sorted()
                .filter(module.keys()::contains)
                .forEach(key ->
                        problems.warning(
                                module.position(key),
                                "'" + key + "' is not supported yet and has no effect"));
        Optional<RoutePattern> pattern = required(module, "route", RoutePattern::new);
        Optional<Path> path = required(module, "module", text -> ModulePath.of(text, search));
        String entrypoint =
                module.parsed("entrypoint", ModulesReader::name).orElse(Route.DEFAULT_ENTRYPOINT);
        Optional<String> argv = module.text("argv");
        List<Volume> volumes = volumes(module);
        SequencedMap<String, String> environment = environment(module);
        GuestLimits limits = limits(module);
        if (pattern.isEmpty() || path.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Route(
                        pattern.get(),
                        path.get(),
                        entrypoint,
                        argv,
                        volumes,
                        environment,
                        limits,
                        rules(module),
                        module.position()));
    }

    private <T> Optional<T> required(Section module, String key, Function<String, T> parser) {
        if (!module.keys().contains(key)) {
            problems.error(module.position(), "this [[module]] needs a '" + key + "'");
        }
        return module.parsed(key, parser);
    }

    private static String name(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("must not be empty");
        }
        return text;
    }

    private SequencedMap<String, String> environment(Section module) {
        SequencedMap<String, String> environment = module.texts("environment");
        for (String name : environment.keySet()) {
            if (name.isEmpty() || name.indexOf('=') >= 0) {
                problems.error(
                        module.position("environment"),
                        "'" + name + "' is not the name of an environment variable");
            }
        }
        return environment;
    }

    private static CgiRules rules(Section module) {
        Dialect dialect = module.parsed("dialect", ModulesReader::dialect).orElse(Dialect.WAGI);
        CgiRules standard = dialect == Dialect.WAGI ? CgiRules.WAGI : CgiRules.CGI;
        return new CgiRules(
                dialect,
                module.flag("argv-from-query").orElse(standard.queryArguments()),
                module.flag("nph").orElse(standard.nonParsed()));
    }

    private static Dialect dialect(String text) {
        return switch (text) {
            case "cgi" -> Dialect.CGI;
            case "wagi" -> Dialect.WAGI;
            default -> throw new IllegalArgumentException("is \"cgi\" or \"wagi\"");
        };
    }

    private GuestLimits limits(Section module) {
        return new GuestLimits(
                module.duration("time-limit", GuestLimits.MIN_WALL_TIME, GuestLimits.MAX_WALL_TIME)
                        .orElse(defaults.wallTime()),
                module.size("memory-limit", GuestLimits.MIN_MEMORY, GuestLimits.MAX_MEMORY)
                        .orElse(defaults.memory()),
                defaults.stderr());
    }

    private List<Volume> volumes(Section module) {
        var volumes = new ArrayList<Volume>();
        module.texts("volumes")
                .forEach((guest, host) -> {
                    try {
                        // An empty text would be the working directory.
                        Path path = search.resolve(name(host));
                        volumes.add(new Volume(guest, path));
                        if (!Files.isDirectory(path)) {
                            problems.warning(
                                    module.position("volumes"),
                                    "the folder '"
                                            + host
                                            + "' does not exist: the guest will not see "
                                            + guest);
                        }
                    } catch (InvalidPathException e) {
                        problems.error(module.position("volumes"), "'" + host + "' is not a path");
                    } catch (IllegalArgumentException e) {
                        problems.error(
                                module.position("volumes"),
                                "'volumes." + guest + "': " + e.getMessage());
                    }
                });
        return volumes;
    }
}
