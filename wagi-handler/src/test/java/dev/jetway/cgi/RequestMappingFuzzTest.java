package dev.jetway.cgi;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.jetway.http.CanonicalPath;
import dev.jetway.http.Endpoint;
import dev.jetway.http.Field;
import dev.jetway.http.PathText;
import dev.jetway.http.RequestHead;
import dev.jetway.http.RequestTarget;
import dev.jetway.route.CgiRules;
import dev.jetway.route.Dialect;
import dev.jetway.route.EncodedSlashes;
import dev.jetway.route.Found;
import dev.jetway.route.HttpRules;
import dev.jetway.route.Route;
import dev.jetway.route.RouteMatch;
import dev.jetway.route.RouteTable;
import dev.jetway.route.RunModule;
import dev.jetway.route.TestRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Any request that the HTTP parser accepts makes a sound environment, or none. */
final class RequestMappingFuzzTest {
    private static final List<String> PATTERNS = List.of("/...", "/foo", "/foo/...");

    @FuzzTest(maxDuration = "10m")
    void everyEnvironmentIsSound(FuzzedDataProvider data) {
        String path = "/" + visible(data.consumeAsciiString(200));
        if (CanonicalPath.of(path).isEmpty()) {
            return;
        }
        boolean wagi = data.consumeBoolean();
        EncodedSlashes slashes = data.pickValue(EncodedSlashes.values());
        var rules =
                new CgiRules(
                        wagi ? Dialect.WAGI : Dialect.CGI,
                        data.consumeBoolean(),
                        false,
                        false,
                        slashes,
                        data.consumeBoolean() ? Optional.of("/www") : Optional.empty(),
                        HttpRules.DEFAULT);
        Route route = TestRoute.of(data.pickValue(PATTERNS), rules);
        var table = new RouteTable<>(List.of(TestRoute.routed(route)));
        RequestHead head = head(data, path);
        Optional<RouteMatch> match = table.find(head.target()).map(Found::match);
        if (match.isEmpty() || !isServed(match.get(), head.path(), slashes)) {
            return;
        }
        long length = data.consumeLong(0, Long.MAX_VALUE);
        check(head, match.get(), length);
    }

    /** Whether the pipeline serves the request. */
    private static boolean isServed(RouteMatch match, String path, EncodedSlashes slashes) {
        return PathText.isSafe(PathText.decode(match.pathInfo()))
                && (slashes != EncodedSlashes.REFUSE || !PathText.hasEncodedSlash(path));
    }

    private static RequestHead head(FuzzedDataProvider data, String path) {
        Optional<String> query =
                data.consumeBoolean()
                        ? Optional.of(visible(data.consumeAsciiString(100)))
                        : Optional.empty();
        var fields = new ArrayList<Field>();
        int count = data.consumeInt(0, 8);
        for (int i = 0; i < count; i++) {
            String name = data.consumeAsciiString(20).replaceAll("[^!#$%&'*+.^_`|~0-9A-Za-z-]", "");
            String value = data.consumeString(40).replaceAll("\\p{Cntrl}", "");
            if (!name.isEmpty()) {
                fields.add(new Field(name, value));
            }
        }
        fields.add(new Field("Authorization", "secret"));
        fields.add(new Field("Proxy", "evil"));
        return new RequestHead(
                "id",
                "GET",
                RequestTarget.of(path, query).orElseThrow(),
                "HTTP/1.1",
                data.consumeBoolean(),
                Optional.of(visible(data.consumeAsciiString(30))),
                fields,
                new Endpoint("192.0.2.1", 1),
                new Endpoint("192.0.2.2", 80),
                Optional.empty());
    }

    /**
     * The characters that a request line can contain: no control characters, no spaces, no query or
     * fragment.
     */
    private static String visible(String text) {
        return text.replaceAll("[^!-~]|[?#]", "");
    }

    private static void check(RequestHead head, RouteMatch match, long length) {
        RunModule action = TestRoute.action(match.route());
        Map<String, String> variables =
                new MetaVariables(new ServerIdentity("Jetway/1", Optional.empty()))
                        .of(head, match, action, OptionalLong.of(length));

        assertThat(variables.keySet()).allMatch(name -> name.matches("[A-Z][A-Z0-9_]*"));
        assertThat(variables).doesNotContainKeys("HTTP_PROXY", "HTTP_AUTHORIZATION");
        assertThat(variables).containsKeys("QUERY_STRING", "REQUEST_METHOD", "SCRIPT_NAME");
        assertThat(variables.values()).noneMatch(value -> value.indexOf(0) >= 0);
        String info = variables.getOrDefault("PATH_INFO", "");
        assertThat("/" + info + "/").doesNotContain("/../");
        String script = variables.getOrDefault("SCRIPT_NAME", "");
        if (action.rules().dialect() == Dialect.CGI
                && action.rules().encodedSlashes() == EncodedSlashes.REFUSE) {
            assertThat(script + info).isEqualTo(PathText.decode(head.path()));
        }
        assertThat(variables.getOrDefault("SERVER_NAME", ""))
                .isEqualTo(variables.getOrDefault("SERVER_NAME", "").toLowerCase(Locale.ROOT));
    }
}
