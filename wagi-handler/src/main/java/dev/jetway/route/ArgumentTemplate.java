package dev.jetway.route;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The fixed arguments of a route (Wagi's {@code argv}), with placeholders for the request. */
public final class ArgumentTemplate {
    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\$\\{(?:SCRIPT_NAME|script_name|ARGS|args)}");

    /** Spin's template for a component without one. */
    public static final String OF_SPIN = "${SCRIPT_NAME} ${ARGS}";

    private ArgumentTemplate() {}

    /**
     * Expands a template as Wagi does: both placeholders are replaced as text, then the result is
     * split at white space. In one pass, so that a placeholder in a request's path is not replaced.
     *
     * @param path of the request, raw
     * @param query of the request, raw; empty if there is none
     */
    public static List<String> expand(String template, String path, String query) {
        return List.of(replaced(template, path, query).strip().split("\\s+"));
    }

    /**
     * Expands a template as Spin does: split at each single space, so that arguments may be empty.
     */
    public static List<String> expandAsSpin(String template, String path, String query) {
        return List.of(replaced(template, path, query).split(" ", -1));
    }

    private static String replaced(String template, String path, String query) {
        String words = query.replace('&', ' ');
        return PLACEHOLDER
                .matcher(template)
                .replaceAll(
                        found -> Matcher.quoteReplacement(isQuery(found.group()) ? words : path));
    }

    private static boolean isQuery(String placeholder) {
        return placeholder.equalsIgnoreCase("${ARGS}");
    }

    /** Whether a template makes arguments of the query. */
    public static boolean takesQuery(String template) {
        return PLACEHOLDER.matcher(template).results().anyMatch(found -> isQuery(found.group()));
    }

    /**
     * The template for an interpreter: the query is kept after a script, as the script's arguments,
     * as in Wagi's examples ({@code ruby /env.rb ${ARGS}}); in a script's place it is removed.
     */
    public static String forInterpreter(String template) {
        boolean script = false;
        var words = new ArrayList<String>();
        for (String word : template.strip().split("\\s+", -1)) {
            script |= !words.isEmpty() && word.startsWith("/");
            if (script || !takesQuery(word)) {
                words.add(word);
            }
        }
        return String.join(" ", words);
    }
}
