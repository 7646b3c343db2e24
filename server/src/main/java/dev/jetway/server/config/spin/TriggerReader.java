package dev.jetway.server.config.spin;

import dev.jetway.route.RoutePattern;
import dev.jetway.route.spin.SpinRoute;
import dev.jetway.server.config.table.Problems;
import dev.jetway.server.config.table.Section;
import dev.jetway.server.config.table.Suggestion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the HTTP triggers of a manifest, in either version. */
final class TriggerReader {
    /** Maximum triggers of a manifest. */
    static final int MAX_TRIGGERS = 10_000;

    private static final String HTTP = "http";
    private static final Set<String> GLOBAL_1 = Set.of("type", "base");
    private static final Set<String> GLOBAL_2 = Set.of("base");
    private static final Set<String> KEYS_1 = Set.of("route", "executor");
    private static final Set<String> KEYS_2 =
            Set.of(
                    "id",
                    "component",
                    "components",
                    "dependencies",
                    "route",
                    "executor",
                    "static_response");

    private final Section top;
    private final Problems problems;
    private final Map<String, Section> components = new LinkedHashMap<>();
    private final Set<String> named = new HashSet<>();

    TriggerReader(Section top, Problems problems) {
        this.top = top;
        this.problems = problems;
    }

    /** The components, after the triggers have been read. */
    Collection<Section> components() {
        return components.values();
    }

    /** The components that no trigger of any type names. */
    Map<String, Section> unused() {
        var unused = new LinkedHashMap<>(components);
        unused.keySet().removeAll(named);
        return unused;
    }

    /** The triggers of a manifest of version 1: each component has one. */
    List<Trigger> readVersion1() {
        Optional<Section> global = top.table("trigger");
        String type = global.flatMap(t -> t.text("type")).orElse("");
        if (!type.equals(HTTP)) {
            problems.error(
                    global.map(Section::position).orElse(top.position()),
                    "Jetway serves HTTP only: trigger = { type = \"http\" }");
            return List.of();
        }
        global.ifPresent(t -> t.rejectUnknown(GLOBAL_1, false));
        String base = global.flatMap(t -> t.text("base")).orElse(SpinRoute.NO_BASE);
        var triggers = new ArrayList<Trigger>();
        for (Section component : bounded(top.tables("component"))) {
            component.rejectUnknown(ComponentReader.KEYS_1, false);
            Optional<String> id = component.text("id");
            Optional<Section> trigger = component.table("trigger");
            if (!component.keys().containsAll(Set.of("id", "trigger"))) {
                problems.error(
                        component.position(), "this [[component]] needs an 'id' and a 'trigger'");
            }
            if (id.isPresent() && trigger.isPresent()) {
                put(id.get(), component);
                named.add(id.get());
                trigger.get().rejectUnknown(KEYS_1, false);
                trigger(trigger.get(), base, Optional.of(target(id.get(), component)))
                        .ifPresent(triggers::add);
            }
        }
        return triggers;
    }

    private static Target target(String id, Section component) {
        return new Target(id, Optional.of(component));
    }

    /** A trigger with all that is known of it; empty if something is missing. */
    private Optional<Trigger> trigger(Section trigger, String base, Optional<Target> target) {
        Executor executor = Executor.read(trigger, problems);
        return pattern(trigger, base)
                .flatMap(pattern ->
                        target.map(found ->
                                new Trigger(
                                        pattern,
                                        found.id(),
                                        found.component(),
                                        executor,
                                        trigger.position())));
    }

    /** The triggers of a manifest of version 2. */
    List<Trigger> readVersion2() {
        top.table("component")
                .ifPresent(
                        all -> all.keys().forEach(id -> all.table(id).ifPresent(c -> put(id, c))));
        Optional<Section> byType = top.table("trigger");
        byType.ifPresent(this::reportOthers);
        String base = base();
        var triggers = new ArrayList<Trigger>();
        for (Section trigger : bounded(byType.map(this::http).orElse(List.of()))) {
            trigger.rejectUnknown(KEYS_2, false);
            name(trigger);
            trigger(trigger, base, target(trigger)).ifPresent(triggers::add);
        }
        return triggers;
    }

    private List<Section> http(Section byType) {
        if (byType.hasTable(HTTP)) {
            problems.error(
                    byType.position(HTTP), "'trigger.http' must be a list: [[trigger.http]]");
            return List.of();
        }
        return byType.tables(HTTP);
    }

    private void name(Section trigger) {
        if (trigger.hasText("component")) {
            trigger.text("component").ifPresent(named::add);
        }
    }

    private List<Section> bounded(List<Section> tables) {
        if (tables.size() > MAX_TRIGGERS) {
            problems.error(
                    tables.get(MAX_TRIGGERS).position(), "more than " + MAX_TRIGGERS + " triggers");
            return List.of();
        }
        return tables;
    }

    private void put(String id, Section component) {
        Section other = components.putIfAbsent(id, component);
        if (other != null) {
            problems.error(
                    component.position(),
                    "the component '" + id + "' stands twice: first at " + other.position());
        }
    }

    private void reportOthers(Section byType) {
        for (String type : byType.keys()) {
            if (!type.equals(HTTP)) {
                for (Section trigger : byType.tables(type)) {
                    name(trigger);
                    problems.warning(
                            trigger.position(),
                            "'"
                                    + type
                                    + "' triggers are not served: Jetway serves HTTP only; run this"
                                    + " trigger with Spin");
                }
            }
        }
    }

    private String base() {
        Optional<Section> global =
                top.table("application")
                        .flatMap(a -> a.table("trigger"))
                        .flatMap(t -> t.table(HTTP));
        global.ifPresent(g -> g.rejectUnknown(GLOBAL_2, false));
        return global.flatMap(g -> g.text("base")).orElse(SpinRoute.NO_BASE);
    }

    /** The paths of a trigger; empty if it has none, as it is private or as the problems report. */
    private Optional<RoutePattern> pattern(Section trigger, String base) {
        if (!trigger.keys().contains("route")) {
            problems.error(trigger.position(), "this HTTP trigger needs a 'route'");
        }
        if (trigger.hasTable("route")) {
            Section table = trigger.table("route").orElseThrow();
            table.rejectUnknown(Set.of("private"), false);
            if (table.flag("private").orElse(false)) {
                problems.warning(
                        trigger.position("route"),
                        "nothing can reach a private route: components cannot call each other");
            } else {
                problems.error(
                        trigger.position("route"), "'route' is a path, or { private = true }");
            }
            return Optional.empty();
        }
        return trigger.parsed("route", text -> RoutePattern.ofSpin(base, text));
    }

    /** The target of a trigger: a component, or something else by its key. */
    private record Target(String id, Optional<Section> component) {}

    private Optional<Target> target(Section trigger) {
        for (String key : List.of("components", "dependencies", "static_response")) {
            if (trigger.keys().contains(key)) {
                problems.warning(
                        trigger.position(key),
                        "'" + key + "' is not offered, so this route answers 503");
                return Optional.of(new Target(key, Optional.empty()));
            }
        }
        if (trigger.hasTable("component")) {
            String id = trigger.text("id").orElse("inline-" + trigger.position().line());
            Section inline = trigger.table("component").orElseThrow();
            put(id, inline);
            named.add(id);
            return Optional.of(target(id, inline));
        }
        if (!trigger.keys().contains("component")) {
            problems.error(trigger.position(), "this HTTP trigger needs a 'component'");
        }
        return trigger.parsed("component", this::known)
                .map(id -> new Target(id, Optional.ofNullable(components.get(id))));
    }

    private String known(String id) {
        if (!components.containsKey(id)) {
            throw new IllegalArgumentException(
                    "there is no [component."
                            + id
                            + "]"
                            + (components.isEmpty() ? "" : Suggestion.of(id, components.keySet())));
        }
        return id;
    }
}
