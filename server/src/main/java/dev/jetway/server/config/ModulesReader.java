package dev.jetway.server.config;

import dev.jetway.cgi.Route;
import dev.jetway.cgi.RoutePattern;
import dev.jetway.cgi.SourcePosition;
import dev.jetway.sandbox.GuestLimits;
import dev.jetway.sandbox.Volume;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    private final Path workingDirectory;
    private final Path folder;
    private final String file;
    private final GuestLimits defaults;
    private final Problems problems;

    ModulesReader(
            Path workingDirectory,
            Path folder,
            String file,
            GuestLimits defaults,
            Problems problems) {
        this.workingDirectory = workingDirectory;
        this.folder = folder;
        this.file = file;
        this.defaults = defaults;
        this.problems = problems;
    }

    List<Route> read(ImmutableNode root) {
        var top = new Section(root, file, problems);
        top.rejectUnknown(TOP_KEYS, true);
        List<Section> modules = top.sections("module");
        if (modules.isEmpty()) {
            problems.error(
                    new SourcePosition(file, 0),
                    "is not a modules.toml of Wagi: it has no [[module]] table");
        }
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
        Optional<RoutePattern> pattern = required(module, "route").flatMap(r -> pattern(module));
        Optional<Path> path = required(module, "module").flatMap(m -> path(module, m));
        String entrypoint = module.text("entrypoint").orElse(Route.DEFAULT_ENTRYPOINT);
        Optional<String> argv = module.text("argv");
        List<Volume> volumes = volumes(module);
        var environment = module.texts("environment");
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
                        module.position()));
    }

    private Optional<String> required(Section module, String key) {
        if (!module.keys().contains(key)) {
            problems.error(module.position(), "this [[module]] needs a '" + key + "'");
        }
        return module.text(key);
    }

    private static Optional<RoutePattern> pattern(Section module) {
        return module.parsed("route", RoutePattern::new);
    }

    private GuestLimits limits(Section module) {
        return new GuestLimits(
                module.duration("time-limit", GuestLimits.MIN_WALL_TIME, GuestLimits.MAX_WALL_TIME)
                        .orElse(defaults.wallTime()),
                module.size("memory-limit", GuestLimits.MIN_MEMORY, GuestLimits.MAX_MEMORY)
                        .orElse(defaults.memory()),
                defaults.stderr());
    }

    /** A path, or a {@code file:} URL; Wagi's other schemes are named in the error. */
    private Optional<Path> path(Section module, String text) {
        try {
            if (text.startsWith("file:")) {
                return Optional.of(Path.of(new URI(text)));
            }
            int colon = text.indexOf(':');
            if (colon > 0 && text.substring(0, colon).matches("[A-Za-z][A-Za-z0-9+.-]*")) {
                problems.error(
                        module.position("module"),
                        "'"
                                + text.substring(0, colon)
                                + ":' modules are not supported: write a path or a file: URL");
                return Optional.empty();
            }
            return Optional.of(resolve(text));
        } catch (URISyntaxException | IllegalArgumentException e) {
            problems.error(
                    module.position("module"), "'" + text + "' is not a path or a file: URL");
            return Optional.empty();
        }
    }

    /** Wagi's rule first, the working directory; then the folder of the file. */
    private Path resolve(String text) {
        Path there = workingDirectory.resolve(text).normalize();
        return Files.exists(there) ? there : folder.resolve(text).normalize();
    }

    private List<Volume> volumes(Section module) {
        var volumes = new ArrayList<Volume>();
        module.texts("volumes")
                .forEach((guest, host) -> {
                    try {
                        Path path = resolve(host);
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
                        problems.error(module.position("volumes"), String.valueOf(e.getMessage()));
                    }
                });
        return volumes;
    }
}
