package dev.jetway.server.config.spin;

import dev.jetway.base.SourcePosition;
import dev.jetway.route.Access;
import dev.jetway.route.Action;
import dev.jetway.route.Action.Refuse;
import dev.jetway.route.Route;
import dev.jetway.route.RunModule;
import dev.jetway.server.config.route.RouteDefaults;
import dev.jetway.server.config.table.Problems;
import dev.jetway.server.config.table.Section;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a {@code spin.toml}, of version 1 or 2, unchanged: its Wagi programs become routes; routes
 * of anything else answer 503, and all that has no effect is named with its line.
 */
public final class SpinReader {
    /** The usual name of a manifest. */
    public static final String FILE = "spin.toml";

    /** The prefix of variables of the environment that are those of applications. */
    public static final String VARIABLES = Variables.PREFIX;

    private static final String VERSION = "spin_manifest_version";
    private static final String OLD_VERSION = "spin_version";
    private static final Set<String> TOP_1 =
            Set.of(
                    VERSION,
                    OLD_VERSION,
                    "name",
                    "version",
                    "description",
                    "authors",
                    "trigger",
                    "variables",
                    "component");
    private static final Set<String> TOP_2 =
            Set.of(VERSION, "application", "variables", "trigger", "component");
    private static final Set<String> APPLICATION =
            Set.of("name", "version", "description", "authors", "targets", "trigger", "tool");

    private final Path manifest;
    private final RouteDefaults defaults;
    private final SpinInputs inputs;
    private final Problems problems;
    private final Map<String, Optional<Program>> programs = new HashMap<>();

    /**
     * A reader of one file.
     *
     * @param manifest the file, absolute
     */
    public SpinReader(Path manifest, RouteDefaults defaults, SpinInputs inputs, Problems problems) {
        this.manifest = manifest;
        this.defaults = defaults;
        this.inputs = inputs;
        this.problems = problems;
    }

    private static Path folder(Path manifest) {
        Path folder = manifest.resolveSibling("").toAbsolutePath().normalize();
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            return folder;
        }
    }

    /** Whether a file is a manifest of Spin. */
    public static boolean isManifest(Section top, Path file) {
        return top.keys().contains(VERSION)
                || top.keys().contains(OLD_VERSION)
                || file.endsWith(FILE);
    }

    /**
     * All routes of the manifest.
     *
     * @param sources collects files and folders whose changes change the configuration
     */
    public List<Route> read(Section top, Set<Path> sources) {
        Optional<Integer> version = version(top);
        if (version.isEmpty()) {
            return List.of();
        }
        boolean first = version.get() == 1;
        top.rejectUnknown(first ? TOP_1 : TOP_2, false);
        Variables variables = variables(top, sources);
        List<Trigger> triggers = triggers(top, first);
        var application =
                new Application(manifest, folder(manifest), defaults, inputs, sources, problems);
        List<Route> routes = routes(triggers, new ComponentReader(application, variables));
        boolean none = routes.stream().noneMatch(r -> r.action() instanceof RunModule);
        if (none && !problems.hasErrors()) {
            problems.error(
                    new SourcePosition(top.position().file(), 0),
                    "nothing of this application can be served: it needs an HTTP trigger with"
                            + " executor = { type = \"wagi\" } and a module in a file");
        }
        return routes;
    }

    private Variables variables(Section top, Set<Path> sources) {
        Path env = inputs.workingDirectory().resolve(EnvFile.NAME);
        sources.add(env);
        return Variables.read(
                top, List.of(inputs.environment(), EnvFile.read(env, problems)), problems);
    }

    private List<Trigger> triggers(Section top, boolean first) {
        var reader = new TriggerReader(top, problems);
        List<Trigger> triggers = first ? reader.readVersion1() : reader.readVersion2();
        if (!first) {
            top.table("application").ifPresent(a -> a.rejectUnknown(APPLICATION, false));
            reader.components().forEach(c -> c.rejectUnknown(ComponentReader.KEYS_2, false));
        }
        reader.unused()
                .forEach((id, component) ->
                        problems.warning(
                                component.position(),
                                "the component '" + id + "' is not served: no trigger names it"));
        return triggers;
    }

    private Optional<Integer> version(Section top) {
        String key = top.keys().contains(VERSION) ? VERSION : OLD_VERSION;
        if (!top.keys().contains(key)) {
            problems.error(
                    new SourcePosition(top.position().file(), 0),
                    "is not a manifest of Spin: it has no '" + VERSION + "'");
            return Optional.empty();
        }
        if (top.hasText(key)) {
            return top.parsed(
                    key,
                    text -> {
                        if (!text.equals("1")) {
                            throw new IllegalArgumentException(
                                    "'"
                                            + text
                                            + "' is no version of the manifest: it is \"1\" or 2");
                        }
                        return 1;
                    });
        }
        return top.number(key, 1, 2).stream().boxed().findFirst();
    }

    /** The routes; of two with the same paths the last one wins, as in Spin. */
    private List<Route> routes(List<Trigger> triggers, ComponentReader components) {
        var routes = new LinkedHashMap<String, Route>();
        for (Trigger trigger : triggers) {
            Route route =
                    new Route(
                            defaults.site(),
                            trigger.pattern(),
                            Access.OPEN,
                            defaults.errorPages(),
                            trigger.position(),
                            action(trigger, components));
            Route before = routes.put(trigger.pattern().shape(), route);
            if (before != null) {
                problems.warning(
                        before.position(),
                        "the route "
                                + before.pattern()
                                + " is never used: that of line "
                                + route.position().line()
                                + " has the same paths, and as in Spin the last one wins");
            }
        }
        return List.copyOf(routes.values());
    }

    private Action action(Trigger trigger, ComponentReader components) {
        if (trigger.component().isEmpty()) {
            return new Refuse(Refuse.Reason.BROKEN);
        }
        if (!trigger.executor().isWagi()) {
            problems.warning(
                    trigger.position(),
                    "the component '"
                            + trigger.id()
                            + "' needs the component model, which is not offered, so its route"
                            + " answers 503: build it as a CGI program with executor ="
                            + " { type = \"wagi\" }, or serve it with Spin");
            return new Refuse(Refuse.Reason.BROKEN);
        }
        return programs.computeIfAbsent(
                        trigger.id(), id -> components.read(id, trigger.component().get()))
                .<Action>map(program -> program.run(trigger.executor()))
                .orElse(new Refuse(Refuse.Reason.BROKEN));
    }
}
