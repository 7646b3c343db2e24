package dev.jetway.cgi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.http.Endpoint;
import dev.jetway.http.Field;
import dev.jetway.http.RequestHead;
import dev.jetway.http.RequestTarget;
import dev.jetway.route.CgiRules;
import dev.jetway.route.Dialect;
import dev.jetway.route.EncodedSlashes;
import dev.jetway.route.HttpRules;
import dev.jetway.route.Route;
import dev.jetway.route.RouteMatch;
import dev.jetway.route.RouteTable;
import dev.jetway.route.RunModule;
import dev.jetway.route.TestRoute;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class MetaVariablesTest {
    private static final Endpoint CLIENT = new Endpoint("192.0.2.1", 40_000);
    private static final Endpoint SERVER = new Endpoint("192.0.2.2", 8080);

    static RequestHead request(String method, String target, Field... fields) {
        return new RequestHead(
                "the-id",
                method,
                target(target),
                "HTTP/1.1",
                false,
                Stream.of(fields).filter(f -> f.is("Host")).map(Field::value).findFirst(),
                List.of(fields),
                CLIENT,
                SERVER,
                Optional.empty());
    }

    static RequestTarget target(String text) {
        return RequestTarget.parse(text).orElseThrow();
    }

    private static Map<String, String> variables(String pattern, RequestHead head, long length) {
        return variables(pattern, CgiRules.WAGI, head, length);
    }

    private static Map<String, String> variables(
            String pattern, CgiRules rules, RequestHead head, long length) {
        Route route = TestRoute.of(pattern, rules);
        var served = TestRoute.routed(route);
        RouteMatch match =
                new RouteTable<>(List.of(served)).find(head.path()).orElseThrow().match();
        return new MetaVariables(new ServerIdentity("Jetway/1", Optional.empty()))
                .of(head, match, TestRoute.action(route), OptionalLong.of(length));
    }

    private static CgiRules with(EncodedSlashes slashes, String documentRoot) {
        return new CgiRules(
                Dialect.CGI,
                false,
                false,
                false,
                slashes,
                Optional.of(documentRoot),
                HttpRules.DEFAULT);
    }

    @Test
    void aDocumentRootTranslatesPathsAsTheGuestSeesThem() {
        CgiRules rules = with(EncodedSlashes.REFUSE, "/www");

        assertThat(variables("/cgi/...", rules, request("GET", "/cgi/a%20b"), 0))
                .containsEntry("DOCUMENT_ROOT", "/www")
                .containsEntry("CONTEXT_DOCUMENT_ROOT", "/www")
                .containsEntry("CONTEXT_PREFIX", "/cgi")
                .containsEntry("SCRIPT_FILENAME", "/www/cgi")
                .containsEntry("PATH_TRANSLATED", "/www/a b");
        assertThat(variables("/cgi", rules, request("GET", "/cgi"), 0))
                .doesNotContainKeys("PATH_INFO", "PATH_TRANSLATED");
        assertThat(variables("/cgi", with(EncodedSlashes.REFUSE, ""), request("GET", "/cgi"), 0))
                .containsEntry("DOCUMENT_ROOT", "/")
                .containsEntry("SCRIPT_FILENAME", "/cgi");
        assertThat(variables("/cgi", CgiRules.CGI, request("GET", "/cgi"), 0))
                .doesNotContainKeys("DOCUMENT_ROOT", "SCRIPT_FILENAME", "PATH_TRANSLATED");
    }

    @Test
    void encodedSlashesPassOrAreDecodedAsTheRouteSays() {
        RequestHead head = request("GET", "/cgi/a%2Fb%2fc%20d");

        assertThat(variables("/cgi/...", with(EncodedSlashes.PASS, "/www"), head, 0))
                .containsEntry("PATH_INFO", "/a%2Fb%2Fc d")
                .containsEntry("PATH_TRANSLATED", "/www/a%2Fb%2Fc d");
        assertThat(variables("/cgi/...", with(EncodedSlashes.DECODE, "/www"), head, 0))
                .containsEntry("PATH_INFO", "/a/b/c d");
    }

    @Test
    void uniqueIdIsSetInCgiOnly() {
        RequestHead head = request("GET", "/cgi");

        assertThat(variables("/cgi", CgiRules.CGI, head, 0)).containsEntry("UNIQUE_ID", "the-id");
        assertThat(variables("/cgi", CgiRules.WAGI, head, 0)).doesNotContainKey("UNIQUE_ID");
    }

    private static Map<String, String> variables(Field... fields) {
        return variables("/foo", request("GET", "/foo", fields), 0);
    }

    /** Columns: dialect, pattern, request, variable, value, source. */
    static Stream<List<String>> table() throws IOException {
        try (var in = MetaVariablesTest.class.getResourceAsStream("/variables.tsv")) {
            assertThat(in).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> !line.startsWith("#"))
                            .map(line -> List.of(line.split("\t", -1)))
                            .toList()
                            .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("table")
    void eachCaseOfTheTableHolds(List<String> row) {
        String[] parts = row.get(2).replaceFirst("^h1 ", "").split("\\|", -1);
        String[] line = parts[0].split(" ", -1);
        var fields = new ArrayList<Field>();
        long length = 0;
        for (String part : List.of(parts).subList(1, parts.length)) {
            String text = part.substring(part.indexOf('=') + 1);
            if (part.startsWith("body=")) {
                length = text.length();
                fields.add(new Field("Content-Length", Long.toString(length)));
            } else if (part.startsWith("chunked=")) {
                length = text.length();
                fields.add(new Field("Transfer-Encoding", "chunked"));
            } else {
                String[] field = part.split(": ?", 2);
                fields.add(new Field(field[0], field[1]));
            }
        }
        if (fields.stream().noneMatch(f -> f.is("Host"))) {
            fields.addFirst(new Field("Host", "example.org"));
        }
        String target = line[1];
        RequestHead head = request(line[0], target, fields.toArray(Field[]::new));
        Map<String, String> variables =
                variables(
                        row.get(1),
                        CgiRules.of(Dialect.valueOf(row.get(0).toUpperCase(Locale.ROOT))),
                        head,
                        length);

        if (row.get(4).equals("-")) {
            assertThat(variables).doesNotContainKey(row.get(3));
        } else {
            assertThat(variables).containsEntry(row.get(3), known(row.get(4)));
        }
    }

    private static String known(String value) {
        return value.replace("{client}", CLIENT.address())
                .replace("{client-port}", Integer.toString(CLIENT.port()))
                .replace("{server}", SERVER.address())
                .replace("{protocol}", "HTTP/1.1");
    }

    @Test
    void theBodyIsDescribed() {
        var head = request("POST", "/foo", new Field("content-type", "text/plain"));

        assertThat(variables("/foo", head, 42))
                .containsEntry("CONTENT_LENGTH", "42")
                .containsEntry("CONTENT_TYPE", "text/plain")
                .containsEntry("REQUEST_METHOD", "POST");
    }

    @Test
    void repeatedFieldsAreJoined() {
        assertThat(
                        variables(
                                new Field("Accept", "a"),
                                new Field("accept", "b"),
                                new Field("Cookie", "c=1"),
                                new Field("Cookie", "d=2")))
                .containsEntry("HTTP_ACCEPT", "a, b")
                .containsEntry("HTTP_COOKIE", "c=1; d=2");
    }

    @Test
    void harmfulFieldsAreWithheld() {
        assertThat(
                        variables(
                                new Field("Proxy", "http://attacker"),
                                new Field("Authorization", "Basic x"),
                                new Field("Proxy-Authorization", "Basic x"),
                                new Field("Connection", "close"),
                                new Field("Transfer-Encoding", "chunked"),
                                new Field("X_Forged", "1"),
                                new Field("X.Dotted", "1")))
                .doesNotContainKeys(
                        "HTTP_PROXY",
                        "HTTP_AUTHORIZATION",
                        "HTTP_PROXY_AUTHORIZATION",
                        "HTTP_CONNECTION",
                        "HTTP_TRANSFER_ENCODING",
                        "HTTP_X_FORGED",
                        "HTTP_X.DOTTED",
                        "HTTP_X_DOTTED");
    }

    @Test
    void fieldsThatTheConnectionNamesAreNotPassed() {
        assertThat(
                        variables(
                                new Field("Connection", "X-Hop, upgrade"),
                                new Field("X-Hop", "1"),
                                new Field("X-End", "2")))
                .doesNotContainKey("HTTP_X_HOP")
                .containsEntry("HTTP_X_END", "2");
    }

    @Test
    void aClientCannotReplaceAMetaVariable() {
        assertThat(variables(new Field("Remote-Addr", "10.0.0.1")))
                .containsEntry("REMOTE_ADDR", "192.0.2.1")
                .containsEntry("HTTP_REMOTE_ADDR", "10.0.0.1");
    }

    @Test
    void theHostFieldNamesTheServer() {
        assertThat(variables(new Field("Host", "Example.ORG:8443")))
                .containsEntry("SERVER_NAME", "example.org")
                .containsEntry("SERVER_PORT", "8443");
        assertThat(variables(new Field("Host", "[::1]:3000")))
                .containsEntry("SERVER_NAME", "[::1]")
                .containsEntry("SERVER_PORT", "3000");
        assertThat(variables(new Field("Host", "[::1]")))
                .containsEntry("SERVER_NAME", "[::1]")
                .containsEntry("SERVER_PORT", "80");
    }

    @Test
    void withoutAHostFieldTheConnectionNamesTheServer() {
        assertThat(variables())
                .containsEntry("SERVER_NAME", "192.0.2.2")
                .containsEntry("SERVER_PORT", "8080");
    }

    @Test
    void metaVariablesWinOverTheRoutesVariables() {
        var route = TestRoute.of("/foo", CgiRules.WAGI);
        var environment = new LinkedHashMap<String, String>();
        environment.put("MODE", "test");
        environment.put("REQUEST_METHOD", "FORGED");
        var match = new RouteMatch(route, "/foo", "");
        RunModule action = TestRoute.action(route).withEnvironment(environment);

        assertThat(
                        new MetaVariables(new ServerIdentity("Jetway/1", Optional.empty()))
                                .of(request("GET", "/foo"), match, action, OptionalLong.of(0)))
                .containsEntry("MODE", "test")
                .containsEntry("REQUEST_METHOD", "GET");
    }

    @Test
    void inTheCgiDialectTheBodysVariablesAreSetOnlyWithABody() {
        Field type = new Field("Content-Type", "text/plain");
        Field zero = new Field("Content-Length", "0");

        assertThat(variables("/foo", CgiRules.CGI, request("GET", "/foo"), 0))
                .doesNotContainKeys("CONTENT_LENGTH", "CONTENT_TYPE", "AUTH_TYPE", "REMOTE_USER");
        assertThat(variables("/foo", CgiRules.CGI, request("POST", "/foo", type, zero), 0))
                .containsEntry("CONTENT_LENGTH", "0")
                .containsEntry("CONTENT_TYPE", "text/plain")
                .doesNotContainKeys("HTTP_CONTENT_LENGTH", "HTTP_CONTENT_TYPE");
        assertThat(variables("/foo", CgiRules.WAGI, request("POST", "/foo", type, zero), 0))
                .containsEntry("HTTP_CONTENT_TYPE", "text/plain");
    }

    @Test
    void aLocalRedirectIsANewGetThatRemembersTheOldRequest() {
        RequestHead first =
                request(
                        "POST",
                        "/form?a",
                        new Field("Host", "example.org"),
                        new Field("Content-Type", "text/plain"),
                        new Field("Cookie", "c=1"));

        RequestHead second =
                first.redirectedTo(target("/foo/x?b"), List.of())
                        .redirectedTo(target("/foo/y?c=d"), List.of());

        assertThat(variables("/foo/...", CgiRules.CGI, second, 0))
                .containsEntry("REQUEST_METHOD", "GET")
                .containsEntry("PATH_INFO", "/y")
                .containsEntry("QUERY_STRING", "c=d")
                .containsEntry("REQUEST_URI", "/form?a")
                .containsEntry("REDIRECT_STATUS", "200")
                .containsEntry("REDIRECT_URL", "/foo/x")
                .containsEntry("REDIRECT_QUERY_STRING", "b")
                .containsEntry("HTTP_COOKIE", "c=1")
                .doesNotContainKeys("CONTENT_LENGTH", "CONTENT_TYPE");
    }
}
