package dev.jetway.cgi;

import java.util.ArrayList;
import java.util.List;

/** The arguments of a guest, by the rules of Wagi. */
final class Arguments {
    private Arguments() {}

    /** From the route's template if it has one; otherwise the path, then the query's parts. */
    static List<String> of(RequestHead head, Route route) {
        return route.argv().map(t -> expand(t, head)).orElseGet(() -> standard(head));
    }

    /** Wagi: the whole path, then the raw query split at {@code &}, undecoded. */
    private static List<String> standard(RequestHead head) {
        var arguments = new ArrayList<String>();
        arguments.add(head.path());
        head.query().ifPresent(q -> arguments.addAll(List.of(q.split("&", -1))));
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
