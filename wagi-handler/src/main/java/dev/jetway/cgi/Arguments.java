package dev.jetway.cgi;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The arguments of a guest. The first is always the program's name. */
final class Arguments {
    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\$\\{(?:SCRIPT_NAME|script_name|ARGS|args)}");

    private Arguments() {}

    /** From the route's template if it has one; otherwise by its dialect. */
    static List<String> of(RequestHead head, Route route) {
        if (route.argv().isPresent()) {
            return expand(route.argv().get(), head);
        }
        boolean query = route.rules().queryArguments();
        return switch (route.rules().dialect()) {
            case WAGI -> wagi(head, query);
            case CGI -> cgi(head, route.module(), query);
        };
    }

    /** Wagi: the whole path, then the raw query split at {@code &}, undecoded. */
    private static List<String> wagi(RequestHead head, boolean query) {
        var arguments = new ArrayList<String>(1);
        arguments.add(head.path());
        if (query) {
            head.query().ifPresent(q -> arguments.addAll(List.of(q.split("&", -1))));
        }
        return arguments;
    }

    /**
     * RFC 3875 §4.4: the words of an indexed query (one without {@code =}), decoded. A word with a
     * control character makes the whole query no list of words, as in Apache.
     */
    private static List<String> cgi(RequestHead head, Path module, boolean query) {
        var arguments = new ArrayList<String>(1);
        arguments.add(name(module));
        String text = head.query().orElse("");
        if (query && !text.isEmpty() && text.indexOf('=') < 0) {
            List<String> words =
                    List.of(text.split("\\+", -1)).stream().map(PathText::decode).toList();
            if (words.stream().noneMatch(w -> w.chars().anyMatch(Character::isISOControl))) {
                arguments.addAll(words);
            }
        }
        return arguments;
    }

    /** The last part of a path, which is asked for at each request. */
    private static String name(Path module) {
        String path = module.toString();
        return path.substring(path.lastIndexOf(File.separatorChar) + 1);
    }

    /**
     * Wagi: both placeholders are replaced as text, then the whole is split at white space. In one
     * pass: a placeholder in the path of a request is no placeholder.
     */
    private static List<String> expand(String template, RequestHead head) {
        String query = head.query().orElse("").replace('&', ' ');
        String text =
                PLACEHOLDER
                        .matcher(template)
                        .replaceAll(found ->
                                Matcher.quoteReplacement(
                                        isQuery(found.group()) ? query : head.path()));
        return List.of(text.strip().split("\\s+"));
    }

    private static boolean isQuery(String placeholder) {
        return placeholder.equalsIgnoreCase("${ARGS}");
    }

    /** Whether a template puts the query among the arguments. */
    static boolean takesQuery(String template) {
        return PLACEHOLDER.matcher(template).results().anyMatch(found -> isQuery(found.group()));
    }

    /**
     * The template for an interpreter: the query may follow a script, whose arguments it then
     * holds, as in Wagi's examples ({@code ruby /env.rb ${ARGS}}); in a script's place it is left
     * out.
     */
    static String forInterpreter(String template) {
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
