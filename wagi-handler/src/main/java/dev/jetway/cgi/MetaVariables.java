package dev.jetway.cgi;

import dev.jetway.cgi.ServerIdentity.HostName;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.SequencedMap;

/**
 * The environment of a guest: the meta-variables of RFC 3875 §4.1 and those that Wagi adds, over
 * the variables of the route. Safe to share between threads.
 */
public final class MetaVariables {
    private final ServerIdentity identity;

    /** For a server of that identity. */
    public MetaVariables(ServerIdentity identity) {
        this.identity = identity;
    }

    /**
     * The complete environment of one request.
     *
     * @param bodyLength bytes of the body after transfer decoding
     */
    public SequencedMap<String, String> of(RequestHead head, RouteMatch match, long bodyLength) {
        var variables = new LinkedHashMap<>(match.route().environment());
        RequestFields.copy(head.fields(), variables);
        server(head, variables);
        request(head, bodyLength, variables);
        path(head, match, variables);
        return variables;
    }

    private void server(RequestHead head, SequencedMap<String, String> variables) {
        HostName host = host(head);
        variables.put("GATEWAY_INTERFACE", "CGI/1.1");
        variables.put("SERVER_SOFTWARE", identity.software());
        variables.put("SERVER_PROTOCOL", head.protocol());
        variables.put("SERVER_NAME", host.host());
        variables.put("SERVER_PORT", Integer.toString(host.port()));
        variables.put("SERVER_ADDR", head.local().address());
        variables.put("REMOTE_ADDR", head.remote().address());
        // RFC 3875 §4.1.9: the address may stand in for a name that was not looked up.
        variables.put("REMOTE_HOST", head.remote().address());
        variables.put("REMOTE_PORT", Integer.toString(head.remote().port()));
    }

    private static void request(
            RequestHead head, long bodyLength, SequencedMap<String, String> variables) {
        variables.put("REQUEST_METHOD", head.method());
        variables.put("REQUEST_SCHEME", head.scheme());
        variables.put("REQUEST_URI", head.target());
        variables.put("QUERY_STRING", head.query().orElse(""));
        // Wagi always sets both lengths and types; RFC 3875 §4.1.2 would leave them out.
        variables.put("CONTENT_LENGTH", Long.toString(bodyLength));
        variables.put("CONTENT_TYPE", head.field("Content-Type").orElse(""));
        variables.put("AUTH_TYPE", "");
        variables.put("REMOTE_USER", "");
        if (head.secure()) {
            variables.put("HTTPS", "on");
        }
    }

    private void path(RequestHead head, RouteMatch match, SequencedMap<String, String> variables) {
        String info = PathText.decode(match.rawPathInfo());
        HostName host = host(head);
        // Wagi's rule: the root is "/", where RFC 3875 §4.1.13 would have it empty.
        variables.put("SCRIPT_NAME", match.scriptPath().isEmpty() ? "/" : match.scriptPath());
        variables.put("PATH_INFO", info);
        variables.put("PATH_TRANSLATED", info);
        variables.put("X_RAW_PATH_INFO", match.rawPathInfo());
        variables.put("X_MATCHED_ROUTE", match.route().pattern().text());
        variables.put(
                "X_FULL_URL",
                head.scheme() + "://" + host.host() + ":" + host.port() + head.target());
    }

    /** RFC 3875 §4.1.14: the Host field first, then the configured name, then the connection. */
    private HostName host(RequestHead head) {
        HostName host =
                head.field("Host")
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
