package dev.jetway.server.config.route;

import dev.jetway.module.source.FileReference;
import dev.jetway.module.source.ModuleReference;
import dev.jetway.route.CgiRules;
import dev.jetway.route.Dialect;
import dev.jetway.route.EncodedSlashes;
import dev.jetway.route.HttpRules;
import dev.jetway.route.Route;
import dev.jetway.route.RoutePattern;
import dev.jetway.route.RunModule;
import dev.jetway.route.spin.SpinRoute;
import dev.jetway.sandbox.GuestLimits;
import dev.jetway.sandbox.Volume;
import dev.jetway.server.config.table.KeysReader;
import dev.jetway.server.config.table.Problems;
import dev.jetway.server.config.table.Section;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;

/** Reads one table of a route, in the syntax of its file. */
public final class RouteReader {
    /** Maximum routes of a file. */
    public static final int MAX_ROUTES = 100_000;

    private final RouteSyntax words;

    /** Replaces an unreadable module, so that further problems are found too. */
    private static final ModuleReference NO_MODULE = new FileReference(Path.of(""));

    private final SearchPath search;
    private final RouteDefaults defaults;
    private final Problems problems;

    public RouteReader(
            RouteSyntax words, SearchPath search, RouteDefaults defaults, Problems problems) {
        this.words = words;
        this.search = search;
        this.defaults = defaults;
        this.problems = problems;
    }

    /** All routes of a file. */
    public List<Route> readAll(Section top) {
        List<Section> tables = top.tables(words.table());
        if (tables.size() > MAX_ROUTES) {
            problems.error(
                    tables.get(MAX_ROUTES).position(), "more than " + MAX_ROUTES + " routes");
            return List.of();
        }
        return tables.stream().map(this::read).flatMap(Optional::stream).toList();
    }

    /** A route; empty if it has no path or no readable module, which the problems report. */
    private Optional<Route> read(Section module) {
        module.rejectUnknown(words.keys(), words.lenient());
        words.withoutEffect().stream()
                .sorted()
                .filter(module.keys()::contains)
                .forEach(key ->
                        problems.warning(
                                module.position(key),
                                "'" + key + "' is not supported yet and has no effect"));
        Dialect dialect = module.parsed("dialect", RouteReader::dialect).orElse(words.dialect());
        Optional<RoutePattern> pattern =
                required(
                        module,
                        words.path(),
                        dialect == Dialect.SPIN
                                ? text -> RoutePattern.ofSpin(SpinRoute.NO_BASE, text)
                                : RoutePattern::new);
        Optional<ModuleReference> reference =
                required(module, "module", text -> ModulePath.of(text, search));
        RunModule action = runModule(module, reference.orElse(NO_MODULE), pattern, dialect);
        if (pattern.isEmpty() || reference.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Route(
                        defaults.site(),
                        pattern.get(),
                        new AccessReader(search, problems).read(module),
                        new ErrorPagesReader(search, problems)
                                .read(module)
                                .over(defaults.errorPages()),
                        module.position(),
                        action));
    }

    private RunModule runModule(
            Section module,
            ModuleReference reference,
            Optional<RoutePattern> pattern,
            Dialect dialect) {
        String entrypoint =
                module.parsed("entrypoint", RouteReader::name).orElse(RunModule.DEFAULT_ENTRYPOINT);
        Optional<String> argv = module.text("argv");
        List<Volume> volumes = volumes(module);
        SequencedMap<String, String> environment = environment(module);
        RouteLimits limits =
                LimitKeys.limits(
                        LimitKeys.read(
                                KeysReader.ofLimits(module, problems),
                                LimitKeys.ALL,
                                TemporaryFiles.standard(
                                        defaults.routes().limits(), reference.name()),
                                defaults.routes().caps()));
        return new RunModule(
                        reference,
                        entrypoint,
                        argv,
                        volumes,
                        RunModule.DEFAULT_SERVICES,
                        TemporaryFiles.named(environment, limits.run().files(), volumes),
                        limits.run(),
                        limits.traffic(),
                        rules(module, dialect),
                        pattern.flatMap(
                                p -> module.parsed("warm-up", text -> WarmUpTarget.parse(text, p))),
                        module.flag("snapshot").orElse(false),
                        false)
                .settled();
    }

    private <T> Optional<T> required(Section module, String key, Function<String, T> parser) {
        if (!module.keys().contains(key)) {
            problems.error(
                    module.position(), "this [[" + words.table() + "]] needs a '" + key + "'");
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

    private CgiRules rules(Section module, Dialect dialect) {
        CgiRules standard = CgiRules.of(dialect);
        return new CgiRules(
                dialect,
                module.flag("argv-from-query").orElse(standard.queryArguments()),
                module.flag("nph").orElse(standard.nonParsed()),
                module.parsed("request-body", RouteReader::streamed).orElse(standard.streamBody()),
                module.parsed("encoded-slashes", RouteReader::encodedSlashes)
                        .orElse(standard.encodedSlashes()),
                module.parsed("document-root", RouteReader::guestFolder),
                httpRules(module));
    }

    private HttpRules httpRules(Section module) {
        Optional<List<String>> methods =
                module.list("methods", HttpRules.MAX_METHODS, HttpRules::method);
        if (methods.filter(List::isEmpty).isPresent()) {
            problems.error(module.position("methods"), "'methods' names no method");
        }
        return new HttpRules(
                methods.orElse(List.of()),
                module.flag("conditional").orElse(HttpRules.DEFAULT.conditional()),
                module.duration(
                        "half-closed-time", HttpRules.MIN_HALF_CLOSED, GuestLimits.MAX_TIME));
    }

    private static boolean streamed(String text) {
        return switch (text) {
            case "stream" -> true;
            case "buffer" -> false;
            default -> throw new IllegalArgumentException("is \"buffer\" or \"stream\"");
        };
    }

    private static EncodedSlashes encodedSlashes(String text) {
        return switch (text) {
            case "refuse" -> EncodedSlashes.REFUSE;
            case "pass" -> EncodedSlashes.PASS;
            case "decode" -> EncodedSlashes.DECODE;
            default -> throw new IllegalArgumentException("is \"refuse\", \"pass\" or \"decode\"");
        };
    }

    /** An absolute path without a slash at the end. */
    private static String guestFolder(String text) {
        if (!text.startsWith("/") || ("/" + text + "/").contains("/../")) {
            throw new IllegalArgumentException(
                    "is a folder as the guest sees it, from its root on: \"/www\"");
        }
        return text.replaceFirst("/+$", "");
    }

    private static Dialect dialect(String text) {
        return switch (text) {
            case "cgi" -> Dialect.CGI;
            case "wagi" -> Dialect.WAGI;
            case "spin" -> Dialect.SPIN;
            default -> throw new IllegalArgumentException("is \"cgi\", \"wagi\" or \"spin\"");
        };
    }

    private List<Volume> volumes(Section module) {
        var volumes = new ArrayList<Volume>();
        addVolumes(module, "volumes", words.readOnlyVolumes(), volumes);
        addVolumes(module, "writable-volumes", false, volumes);
        return volumes;
    }

    private void addVolumes(Section module, String key, boolean readOnly, List<Volume> volumes) {
        module.texts(key)
                .forEach((guest, host) -> {
                    try {
                        // An empty text would mean the working directory.
                        Path path = search.resolve(name(host));
                        if (volumes.stream().anyMatch(v -> v.guestPath().equals(guest))) {
                            throw new IllegalArgumentException("stands in 'volumes' too");
                        }
                        volumes.add(new Volume(guest, path, readOnly));
                        warnIfMissing(module, key, guest, host, path);
                    } catch (InvalidPathException e) {
                        problems.error(module.position(key), "'" + host + "' is not a path");
                    } catch (IllegalArgumentException e) {
                        problems.error(
                                module.position(key),
                                "'" + key + "." + guest + "': " + e.getMessage());
                    }
                });
    }

    private void warnIfMissing(Section module, String key, String guest, String host, Path path) {
        if (!Files.isDirectory(path)) {
            problems.warning(
                    module.position(key),
                    "the folder '" + host + "' does not exist: the guest will not see " + guest);
        }
    }
}
