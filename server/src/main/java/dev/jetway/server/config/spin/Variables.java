package dev.jetway.server.config.spin;

import dev.jetway.server.config.table.Problems;
import dev.jetway.server.config.table.Section;
import dev.jetway.server.config.table.Suggestion;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The variables of an application, {@code [variables]}, with their values: from the environment,
 * else from {@code .env}, else the default. Values may be secrets: no message shows one. Immutable.
 */
final class Variables {
    /** The prefix of variables in the environment. */
    static final String PREFIX = "SPIN_VARIABLE_";

    /** Maximum characters of a text after its variables have been replaced. */
    static final int MAX_TEXT = 128 << 10;

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");
    private static final Set<String> KEYS = Set.of("default", "required", "secret", "description");
    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";

    private final Map<String, String> values;

    private Variables(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Reads a manifest's table.
     *
     * @param given values by their names in the environment, most important first
     */
    static Variables read(Section top, List<Map<String, String>> given, Problems problems) {
        var values = new HashMap<String, String>();
        for (Section table : top.table("variables").stream().toList()) {
            for (String name : table.keys()) {
                if (!NAME.matcher(name).matches()) {
                    problems.error(
                            table.position(name),
                            "'"
                                    + name
                                    + "' is not the name of a variable: small letters, digits and"
                                    + " '_' between them");
                }
                // Known even if it has no value, so that its uses are no further problems.
                values.put(name, "");
                table.table(name)
                        .flatMap(variable -> value(name, variable, given, problems))
                        .ifPresent(value -> values.put(name, value));
            }
        }
        return new Variables(values);
    }

    private static Optional<String> value(
            String name, Section variable, List<Map<String, String>> given, Problems problems) {
        variable.rejectUnknown(KEYS, false);
        Optional<String> standard = variable.text("default");
        boolean required = variable.flag("required").orElse(false);
        variable.flag("secret");
        variable.text("description");
        if (required == variable.keys().contains("default")) {
            problems.error(
                    variable.position(),
                    "the variable '" + name + "' needs either a 'default' or required = true");
            return standard;
        }
        String key = PREFIX + name.toUpperCase(Locale.ROOT);
        Optional<String> value =
                given.stream()
                        .flatMap(values -> Optional.ofNullable(values.get(key)).stream())
                        .findFirst()
                        .or(() -> standard);
        if (value.isEmpty() && required) {
            problems.error(
                    variable.position(),
                    "the variable '" + name + "' has no value: set " + key + " in the environment");
        }
        if (value.filter(text -> text.indexOf(0) >= 0).isPresent()) {
            problems.error(variable.position(), key + " must not hold a NUL character");
        }
        return value;
    }

    /** A use of variables in a text. */
    enum Unknown {
        /** An unknown name is an error. */
        REFUSED,
        /** An unknown name, and what is no name, stays as it is written. */
        KEPT
    }

    /**
     * A text with {@code {{ name }}} replaced.
     *
     * @throws IllegalArgumentException if a name is unknown and that is an error, or the text grows
     *     too large
     */
    String expand(String template, Unknown unknown) {
        var text = new StringBuilder();
        int at = 0;
        for (int open = template.indexOf(OPEN); open >= 0; open = template.indexOf(OPEN, at)) {
            int close = template.indexOf(CLOSE, open);
            if (close < 0) {
                if (unknown == Unknown.REFUSED) {
                    throw new IllegalArgumentException("'{{' has no '}}'");
                }
                break;
            }
            String name = template.substring(open + OPEN.length(), close).strip();
            String value = values.get(name);
            if (value == null && unknown == Unknown.REFUSED) {
                throw new IllegalArgumentException(
                        "there is no variable '" + name + "'" + suggestion(name));
            }
            int end = close + CLOSE.length();
            text.append(template, at, open)
                    .append(value == null ? template.substring(open, end) : value);
            at = end;
            requireBounded(text.length());
        }
        text.append(template, at, template.length());
        requireBounded(text.length());
        return text.toString();
    }

    private static void requireBounded(int length) {
        if (length > MAX_TEXT) {
            throw new IllegalArgumentException(
                    "has more than " + MAX_TEXT + " characters with its variables");
        }
    }

    /** The names in {@code {{ }}} that look like variables, but are none. */
    List<String> unknownIn(String template) {
        return Pattern.compile("\\{\\{\\s*([a-z][a-z0-9_]*)\\s*}}")
                .matcher(template)
                .results()
                .map(found -> found.group(1))
                .filter(name -> !values.containsKey(name))
                .distinct()
                .toList();
    }

    /** A known name that is similar. */
    String suggestion(String name) {
        return values.isEmpty() ? ": add it to [variables]" : Suggestion.of(name, values.keySet());
    }
}
