package dev.jetway.cgi;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The arguments of a guest. The first is always the program's name. */
final class Arguments {
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
        var arguments = new ArrayList<String>();
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
        var arguments = new ArrayList<String>();
        arguments.add(String.valueOf(module.getFileName()));
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

    /** Wagi: both placeholders are replaced as text, then the whole is split at white space. */
    private static List<String> expand(String template, RequestHead head) {
        String arguments = head.query().orElse("").replace('&', ' ');
        String text =
                template.replace("${SCRIPT_NAME}", head.path())
                        .replace("${script_name}", head.path())
                        .replace("${ARGS}", arguments)
                        .replace("${args}", arguments);
        return List.of(text.strip().split("\\s+"));
    }
}
