package dev.jetway.server.config.spin;

import dev.jetway.route.ArgumentTemplate;
import dev.jetway.route.RunModule;
import dev.jetway.server.config.table.Problems;
import dev.jetway.server.config.table.Section;
import java.util.Optional;
import java.util.Set;

/**
 * The way in which Spin would run a component: {@code executor} of a trigger. Immutable.
 *
 * @param type {@code wagi}, or another one
 * @param argv the template of the arguments
 * @param entrypoint the exported function to call
 */
record Executor(String type, String argv, String entrypoint) {
    /** The only type that is served. */
    static final String WAGI = "wagi";

    private static final String KEY = "executor";
    private static final Set<String> KEYS = Set.of("type", "argv", "entrypoint");

    private static Executor of(String type) {
        return new Executor(type, ArgumentTemplate.OF_SPIN, RunModule.DEFAULT_ENTRYPOINT);
    }

    boolean isWagi() {
        return type.equals(WAGI);
    }

    /** The executor of a trigger; without one, Spin takes that for components. */
    static Executor read(Section trigger, Problems problems) {
        if (!trigger.hasTable(KEY)) {
            // A bare text is the form of the first Spin.
            return trigger.parsed(KEY, Executor::type).map(Executor::of).orElse(of("http"));
        }
        Section table = trigger.table(KEY).orElseThrow();
        table.rejectUnknown(KEYS, false);
        if (!table.keys().contains("type")) {
            problems.error(table.position(), "'executor' needs a type: { type = \"wagi\" }");
        }
        Executor standard = of(table.parsed("type", Executor::type).orElse(WAGI));
        Optional<String> entrypoint = table.text("entrypoint");
        if (entrypoint.filter(String::isEmpty).isPresent()) {
            problems.error(table.position("entrypoint"), "'entrypoint' must not be empty");
        }
        return new Executor(
                standard.type,
                table.text("argv").orElse(standard.argv),
                entrypoint.orElse(standard.entrypoint));
    }

    private static String type(String text) {
        if (!Set.of(WAGI, "http", "spin").contains(text)) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no executor of Spin: write { type = \"wagi\" }");
        }
        return text;
    }
}
