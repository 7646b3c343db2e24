package dev.jetway.cgi;

import dev.jetway.cgi.ServerIdentity.HostName;
import dev.jetway.http.CanonicalPath;
import dev.jetway.http.PathText;
import dev.jetway.http.Redirection;
import dev.jetway.http.RequestHead;
import dev.jetway.http.RequestTarget;
import dev.jetway.route.CgiRules;
import dev.jetway.route.Dialect;
import dev.jetway.route.EncodedSlashes;
import dev.jetway.route.RouteMatch;
import dev.jetway.route.RunModule;
import dev.jetway.route.ScriptFile;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;

/**
 * The environment of a guest: the meta-variables of RFC 3875 §4.1, those of Apache and those that
 * Wagi and Spin add, over the variables of the route. Safe to share between threads.
 */
public final class MetaVariables {
    private final ServerIdentity identity;

    /** The meta-variables of a server. */
    public MetaVariables(ServerIdentity identity) {
        this.identity = identity;
    }

    /**
     * The complete environment of one request.
     *
     * @param bodyLength bytes of the body after transfer decoding; empty if not known yet
     */
    public SequencedMap<String, String> of(
            RequestHead head, RouteMatch match, RunModule action, OptionalLong bodyLength) {
        Dialect dialect = action.rules().dialect();
        var variables = new LinkedHashMap<>(action.environment());
        RequestFields.copy(head.fields(), dialect, variables);
        HostName host = host(head);
        server(head, host, variables);
        request(head, variables);
        path(match, action.rules(), head, variables);
        variables.put(
                "X_FULL_URL",
                head.scheme()
                        + "://"
                        + host.host()
                        + ":"
                        + host.port()
                        + head.target().canonical());
        if (dialect == Dialect.SPIN) {
            SpinVariables.put(match, head, variables);
        }
        body(head, dialect, bodyLength, variables);
        if (dialect.isWagi()) {
            variables.put("AUTH_TYPE", "");
            variables.put("REMOTE_USER", "");
        }
        client(head, match, variables);
        head.redirection().ifPresent(r -> redirected(r, variables));
        if (match.script().isPresent() && variables.containsKey("PATH_TRANSLATED")) {
            // With both, php-cgi takes PATH_TRANSLATED for the script, as of an Action of Apache,
            // where SCRIPT_FILENAME is php-cgi.
            variables.remove("REDIRECT_URL");
        }
        return variables;
    }

    private void server(RequestHead head, HostName host, SequencedMap<String, String> variables) {
        variables.put("GATEWAY_INTERFACE", "CGI/1.1");
        variables.put("SERVER_SOFTWARE", identity.software());
        variables.put("SERVER_PROTOCOL", head.protocol());
        variables.put("SERVER_NAME", host.host());
        variables.put("SERVER_PORT", Integer.toString(host.port()));
        variables.put("SERVER_ADDR", head.local().address());
        variables.put("REMOTE_ADDR", head.remote().address());
        // RFC 3875 §4.1.9: the address may replace a name that was not looked up.
        variables.put("REMOTE_HOST", head.remote().address());
        variables.put("REMOTE_PORT", Integer.toString(head.remote().port()));
    }

    private static void request(RequestHead head, SequencedMap<String, String> variables) {
        variables.put("REQUEST_METHOD", head.method());
        variables.put("REQUEST_SCHEME", head.scheme());
        // As in Apache: the client's own target, also after a local redirect.
        variables.put(
                "REQUEST_URI",
                head.redirection().map(Redirection::target).orElseGet(() -> head.target().raw()));
        variables.put("QUERY_STRING", head.query().orElse(""));
        if (head.secure()) {
            variables.put("HTTPS", "on");
        }
    }

    /**
     * RFC 3875 §4.1.2, §4.1.3: set if and only if there is a body; in Wagi always. The length of a
     * body that streams in chunks is unknown (as in Apache: not set).
     */
    private static void body(
            RequestHead head,
            Dialect dialect,
            OptionalLong bodyLength,
            SequencedMap<String, String> variables) {
        Optional<String> type = head.field("Content-Type").filter(t -> !t.isEmpty());
        boolean wagi = dialect.isWagi();
        boolean announced =
                head.field("Content-Length").isPresent()
                        || head.field("Transfer-Encoding").isPresent();
        if (bodyLength.isPresent() && (wagi || announced || bodyLength.getAsLong() > 0)) {
            variables.put("CONTENT_LENGTH", Long.toString(bodyLength.getAsLong()));
        }
        if (wagi || type.isPresent()) {
            variables.put("CONTENT_TYPE", type.orElse(""));
        }
    }

    /** RFC 3875 §4.1.1, §4.1.11; credentials only where the route grants them. */
    private static void client(
            RequestHead head, RouteMatch match, SequencedMap<String, String> variables) {
        match.identity()
                .ifPresent(who -> {
                    variables.put("AUTH_TYPE", who.scheme());
                    who.user().ifPresent(user -> variables.put("REMOTE_USER", user));
                });
        if (match.route().access().passAuthorization()) {
            head.field("Authorization").ifPresent(a -> variables.put("HTTP_AUTHORIZATION", a));
        }
    }

    private static void path(
            RouteMatch match,
            CgiRules rules,
            RequestHead head,
            SequencedMap<String, String> variables) {
        boolean pass = rules.encodedSlashes() == EncodedSlashes.PASS;
        String info =
                pass
                        ? PathText.decodeExceptSlashes(match.pathInfo())
                        : PathText.decode(match.pathInfo());
        if (match.script().isPresent()) {
            script(match.script().get(), match, head, variables);
            put("PATH_INFO", info, variables);
            variables.put("UNIQUE_ID", head.id());
        } else if (rules.dialect().isWagi()) {
            // Wagi's rule: the root is "/", where RFC 3875 §4.1.13 would have it empty.
            String script = match.route().pattern().writtenPath();
            variables.put("SCRIPT_NAME", script.isEmpty() ? "/" : script);
            variables.put("PATH_INFO", info);
            variables.put("PATH_TRANSLATED", info);
        } else {
            String script = PathText.decode(match.scriptPath());
            variables.put("SCRIPT_NAME", script);
            variables.put("CONTEXT_PREFIX", script);
            variables.put("UNIQUE_ID", head.id());
            put("PATH_INFO", info, variables);
            rules.documentRoot().ifPresent(root -> documents(root, script, info, variables));
        }
        variables.put("X_RAW_PATH_INFO", rawPathInfo(head.target(), match));
        variables.put("X_MATCHED_ROUTE", match.route().pattern().text());
    }

    /**
     * As in Apache where an {@code Action} runs the script by php-cgi, or where the handler {@code
     * cgi-script} starts a program.
     */
    private static void script(
            ScriptFile script,
            RouteMatch match,
            RequestHead head,
            SequencedMap<String, String> variables) {
        String info = PathText.decode(match.pathInfo());
        variables.put("SCRIPT_NAME", PathText.decode(match.scriptPath()));
        variables.put("SCRIPT_FILENAME", script.path());
        variables.put("CONTEXT_PREFIX", PathText.decode(script.prefix()));
        script.root()
                .ifPresent(root -> {
                    String folder = root.isEmpty() ? "/" : root;
                    variables.put("DOCUMENT_ROOT", folder);
                    variables.put("CONTEXT_DOCUMENT_ROOT", folder);
                    if (!info.isEmpty()) {
                        variables.put("PATH_TRANSLATED", root + info);
                    }
                });
        if (!script.handled()) {
            return;
        }
        // Without it php-cgi refuses the request as a direct call.
        variables.put("REDIRECT_STATUS", "200");
        variables.put("REDIRECT_URL", PathText.decode(match.scriptPath()) + info);
        head.query().ifPresent(query -> variables.put("REDIRECT_QUERY_STRING", query));
    }

    private static void put(String name, String value, SequencedMap<String, String> variables) {
        if (!value.isEmpty()) {
            variables.put(name, value);
        }
    }

    /** The part after the script's path in the path as it was sent, byte for byte. */
    private static String rawPathInfo(RequestTarget target, RouteMatch match) {
        if (match.pathInfo().isEmpty() || target.rawPath().equals(target.path())) {
            return match.pathInfo();
        }
        // The route was matched by the path, or by the path with slashes decoded.
        boolean slashes = !target.path().equals(match.scriptPath() + match.pathInfo());
        return CanonicalPath.rest(target.rawPath(), match.scriptPath(), slashes);
    }

    /** RFC 3875 §4.1.6 and Apache's variables beside it; all are paths of the guest. */
    private static void documents(
            String root, String script, String info, SequencedMap<String, String> variables) {
        String folder = root.isEmpty() ? "/" : root;
        variables.put("DOCUMENT_ROOT", folder);
        variables.put("CONTEXT_DOCUMENT_ROOT", folder);
        variables.put("SCRIPT_FILENAME", root + script);
        if (!info.isEmpty()) {
            variables.put("PATH_TRANSLATED", root + info);
        }
    }

    /** As in Apache after an internal redirect; the status is that of the response before. */
    private static void redirected(
            Redirection redirection, SequencedMap<String, String> variables) {
        variables.put("REDIRECT_STATUS", Integer.toString(redirection.status()));
        variables.put("REDIRECT_URL", PathText.decode(redirection.url()));
        variables.put("REDIRECT_QUERY_STRING", redirection.queryString());
        variables.put("REDIRECT_REQUEST_METHOD", redirection.method());
    }

    /**
     * RFC 3875 §4.1.14: from the request's authority, else the configured name, else the
     * connection.
     */
    private HostName host(RequestHead head) {
        HostName host =
                head.authority()
                        .filter(h -> !h.isEmpty())
                        .map(HostName::parse)
                        .or(identity::name)
                        .orElseGet(() -> new HostName(local(head), head.local().port()));
        int standard = head.secure() ? 443 : 80;
        return new HostName(
                host.host().toLowerCase(Locale.ROOT), host.port() == 0 ? standard : host.port());
    }

    private static String local(RequestHead head) {
        String address = head.local().address();
        return address.contains(":") ? "[" + address + "]" : address;
    }
}
