package dev.jetway.cgi;

import dev.jetway.http.PathText;
import dev.jetway.http.RequestHead;
import dev.jetway.route.ArgumentTemplate;
import dev.jetway.route.Dialect;
import dev.jetway.route.RunModule;
import java.util.ArrayList;
import java.util.List;

/** The arguments of a guest; the first is always the program's name. */
public final class Arguments {
    private Arguments() {}

    /**
     * The arguments from the route's template if there is one, otherwise by the route's dialect.
     */
    public static List<String> of(RequestHead head, RunModule action) {
        boolean query = action.rules().queryArguments();
        Dialect dialect = action.rules().dialect();
        if (action.argv().isPresent()) {
            String template = action.argv().get();
            String words = head.query().orElse("");
            return dialect == Dialect.SPIN
                    ? ArgumentTemplate.expandAsSpin(template, head.path(), words)
                    : ArgumentTemplate.expand(template, head.path(), words);
        }
        return switch (dialect) {
            case SPIN -> spin(head, query);
            case WAGI -> wagi(head, query);
            case CGI -> cgi(head, action.moduleName(), query);
        };
    }

    /** Arguments of Spin without a template: as of its default one. */
    private static List<String> spin(RequestHead head, boolean query) {
        return query
                ? ArgumentTemplate.expandAsSpin(
                        ArgumentTemplate.OF_SPIN, head.path(), head.query().orElse(""))
                : List.of(head.path());
    }

    /** Arguments of Wagi: the whole path, then the raw query split at {@code &}, undecoded. */
    private static List<String> wagi(RequestHead head, boolean query) {
        var arguments = new ArrayList<String>(1);
        arguments.add(head.path());
        if (query) {
            head.query().ifPresent(q -> arguments.addAll(List.of(q.split("&", -1))));
        }
        return arguments;
    }

    /**
     * Arguments of RFC 3875 §4.4: the words of an indexed query (one without {@code =}, with GET or
     * HEAD), decoded. If a word has a control character there are no words at all, as in Apache.
     */
    private static List<String> cgi(RequestHead head, String module, boolean query) {
        var arguments = new ArrayList<String>(1);
        arguments.add(module);
        String text = head.query().orElse("");
        boolean indexed = head.method().equals("GET") || head.method().equals("HEAD");
        if (query && indexed && !text.isEmpty() && text.indexOf('=') < 0) {
            List<String> words =
                    List.of(text.split("\\+", -1)).stream().map(PathText::decode).toList();
            if (words.stream().noneMatch(w -> w.chars().anyMatch(Character::isISOControl))) {
                arguments.addAll(words);
            }
        }
        return arguments;
    }
}
