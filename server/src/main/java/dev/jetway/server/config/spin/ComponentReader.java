package dev.jetway.server.config.spin;

import dev.jetway.sandbox.Volume;
import dev.jetway.server.config.route.LimitKeys;
import dev.jetway.server.config.route.RouteLimits;
import dev.jetway.server.config.route.TemporaryFiles;
import dev.jetway.server.config.spin.Variables.Unknown;
import dev.jetway.server.config.table.Section;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/** Reads one component, in either version of the manifest. */
final class ComponentReader {
    /** The keys of {@code [[component]]} in version 1. */
    static final Set<String> KEYS_1 =
            Set.of(
                    "id",
                    "source",
                    "trigger",
                    "description",
                    "config",
                    "environment",
                    "files",
                    "exclude_files",
                    "allowed_http_hosts",
                    "allowed_outbound_hosts",
                    "key_value_stores",
                    "sqlite_databases",
                    "ai_models",
                    "build");

    /** The keys of {@code [component.ID]} in version 2. */
    static final Set<String> KEYS_2 =
            Set.of(
                    "source",
                    "description",
                    "variables",
                    "environment",
                    "files",
                    "exclude_files",
                    "allowed_http_hosts",
                    "allowed_outbound_hosts",
                    "key_value_stores",
                    "sqlite_databases",
                    "ai_models",
                    "targets",
                    "build",
                    "tool",
                    "dependencies_inherit_configuration",
                    "dependencies",
                    "profile");

    private static final int MAX_LIST = 1000;

    /** Grants that no WAGI program can use, and the advice for each. */
    private static final SequencedMap<String, String> GRANTS = grants();

    private final Application application;
    private final Variables variables;
    private final FilesReader files;

    ComponentReader(Application application, Variables variables) {
        this.application = application;
        this.variables = variables;
        this.files = new FilesReader(application, FileBounds.STANDARD, InstantSource.system());
    }

    private static SequencedMap<String, String> grants() {
        var grants = new LinkedHashMap<String, String>();
        String network = "remove it if the program needs no network";
        String data = "keep data in a writable volume of a modules.toml";
        grants.put("allowed_outbound_hosts", network);
        grants.put("allowed_http_hosts", network);
        grants.put("key_value_stores", data);
        grants.put("sqlite_databases", data);
        grants.put("ai_models", "remove it");
        return grants;
    }

    /** The program; empty if it cannot be served, which the problems report. */
    Optional<Program> read(String id, Section component) {
        reportWhatHasNoEffect(component);
        SequencedMap<String, String> environment = environment(component);
        List<Volume> volumes = files.read(id, component);
        Optional<Source.Module> module = new Source(application).read(id, component);
        if (hasDependencies(component) || module.isEmpty()) {
            return Optional.empty();
        }
        RouteLimits limits =
                LimitKeys.limits(
                        TemporaryFiles.standard(
                                application.defaults().routes().limits(), module.get().name()));
        return Optional.of(
                new Program(
                        module.get().reference(),
                        TemporaryFiles.named(environment, limits.run().files(), volumes),
                        volumes,
                        limits));
    }

    private void reportWhatHasNoEffect(Section component) {
        reportGrants(component);
        reportValues(component, "variables");
        reportValues(component, "config");
        if (component.keys().contains("profile")) {
            application
                    .problems()
                    .warning(
                            component.position("profile"),
                            "'profile' has no effect: Jetway serves the component without a"
                                    + " profile");
        }
    }

    private void reportGrants(Section component) {
        GRANTS.forEach((key, advice) -> {
            List<String> granted = component.list(key, MAX_LIST, text -> text).orElse(List.of());
            if (!granted.isEmpty()) {
                application
                        .problems()
                        .warning(
                                component.position(key),
                                "'"
                                        + key
                                        + "' is not offered, and no WAGI program can use it under"
                                        + " Spin either: "
                                        + advice);
            }
        });
    }

    /** Variables that a component asks for at run time, for which WAGI programs have no means. */
    private void reportValues(Section component, String key) {
        SequencedMap<String, String> values = component.texts(key);
        values.forEach(
                (name, template) -> expanded(component, key, name, template, Unknown.REFUSED));
        if (!values.isEmpty()) {
            application
                    .problems()
                    .warning(
                            component.position(key),
                            "no WAGI program can ask for '"
                                    + key
                                    + "', under Spin neither: pass them as environment ="
                                    + " { NAME = \"{{ name }}\" }");
        }
    }

    private boolean hasDependencies(Section component) {
        boolean some = component.table("dependencies").filter(t -> !t.keys().isEmpty()).isPresent();
        if (some) {
            application
                    .problems()
                    .warning(
                            component.position("dependencies"),
                            "'dependencies' needs the component model, which is not offered, so the"
                                    + " routes of this component answer 503: build it as one core"
                                    + " module");
        }
        return some;
    }

    private SequencedMap<String, String> environment(Section component) {
        var environment = new LinkedHashMap<String, String>();
        component
                .texts("environment")
                .forEach((name, template) -> {
                    if (name.isEmpty() || name.indexOf('=') >= 0) {
                        application
                                .problems()
                                .error(
                                        component.position("environment", name),
                                        "'"
                                                + name
                                                + "' is not the name of an environment variable");
                    }
                    for (String unknown : variables.unknownIn(template)) {
                        application
                                .problems()
                                .warning(
                                        component.position("environment", name),
                                        "'{{ "
                                                + unknown
                                                + " }}' stays as it is written: there is no such"
                                                + " variable"
                                                + variables.suggestion(unknown));
                    }
                    expanded(component, "environment", name, template, Unknown.KEPT)
                            .ifPresent(value -> environment.put(name, value));
                });
        return environment;
    }

    private Optional<String> expanded(
            Section component, String key, String name, String template, Unknown unknown) {
        try {
            return Optional.of(variables.expand(template, unknown));
        } catch (IllegalArgumentException e) {
            application
                    .problems()
                    .error(
                            component.position(key, name),
                            "'" + key + "." + name + "': " + e.getMessage());
            return Optional.empty();
        }
    }
}
