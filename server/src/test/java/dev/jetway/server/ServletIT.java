package dev.jetway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Our filter and servlet in web applications of a stock Jetty: Servlet 6.0 and 6.1. */
@Timeout(120)
final class ServletIT {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir private Path base;

    private JettyBase start(String environment, String application, String descriptor)
            throws Exception {
        JettyBase.createPlain(base, "http,http2c," + environment + "-deploy");
        WebApplication.create(base.resolve("webapps").resolve(application), descriptor);
        return JettyBase.start(base, JettyBaseIT.ADDRESSES);
    }

    /** The descriptor of a web application with one program. */
    static String filter(String dialect, String route, String module) {
        return """
        <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
          <filter>
            <filter-name>programs</filter-name>
            <filter-class>dev.jetway.servlet.WagiFilter</filter-class>
            <init-param>
              <param-name>%s</param-name><param-value>WEB-INF/%s</param-value>
            </init-param>
            <init-param>
              <param-name>dialect</param-name><param-value>%s</param-value>
            </init-param>
          </filter>
          <filter-mapping>
            <filter-name>programs</filter-name><url-pattern>/*</url-pattern>
          </filter-mapping>
        </web-app>
        """
                .formatted(route, module, dialect);
    }

    /** All of the table for one version of the API, a part of it for the other. */
    static Stream<Arguments> groups() {
        return Stream.of(
                arguments("ee10", "cgi", "/..."),
                arguments("ee10", "cgi", "/foo"),
                arguments("ee10", "cgi", "/foo/..."),
                arguments("ee10", "wagi", "/foo/..."),
                arguments("ee11", "cgi", "/foo"),
                arguments("ee11", "cgi", "/foo/..."));
    }

    @ParameterizedTest
    @MethodSource("groups")
    void theVariablesAreThoseOfOurOwnServer(String environment, String dialect, String route)
            throws Exception {
        List<List<String>> rows;
        try (Stream<List<String>> table = VariableCases.table()) {
            rows = table.filter(r -> r.subList(0, 2).equals(List.of(dialect, route))).toList();
        }
        try (JettyBase jetty = start(environment, "root", filter(dialect, route, "env.wasm"))) {
            for (List<String> row : rows) {
                VariableCases.holdsOverHttp1(jetty.uri(), row);
                VariableCases.holdsOverHttp2(jetty.uri(), row);
            }
        }
        assertThat(rows).hasSizeGreaterThan(5);
    }

    private static final String SERVLETS =
            """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
              <servlet>
                <servlet-name>programs</servlet-name>
                <servlet-class>dev.jetway.servlet.WagiServlet</servlet-class>
                <init-param>
                  <param-name>/cgi/slow</param-name>
                  <param-value>WEB-INF/slow-stream.wasm</param-value>
                </init-param>
                <init-param>
                  <param-name>/cgi/half</param-name>
                  <param-value>/WEB-INF/half.wat</param-value>
                </init-param>
              </servlet>
              <servlet-mapping>
                <servlet-name>programs</servlet-name><url-pattern>/cgi/*</url-pattern>
              </servlet-mapping>
            </web-app>
            """;

    @ParameterizedTest
    @ValueSource(strings = {"ee10", "ee11"})
    void aServletAnswersForItselfAndAFilterForAnApplication(String environment) throws Exception {
        WebApplication.create(
                base.resolve("webapps/filtered"), filter("cgi", "/probe", "cgi-probe.wasm"));
        try (JettyBase jetty = start(environment, "shop", SERVLETS)) {
            URI uri = jetty.uri().resolve("/shop/cgi/");

            HttpResponse<Stream<String>> slow =
                    CLIENT.send(
                            HttpRequest.newBuilder(uri.resolve("slow")).build(),
                            BodyHandlers.ofLines());
            long begin = System.nanoTime();
            List<Long> arrivals =
                    slow.body().map(line -> System.nanoTime() - begin).limit(3).toList();
            assertThat(arrivals.getLast() - arrivals.getFirst())
                    .as("lines arrive as they are printed")
                    .isGreaterThan(Duration.ofMillis(200).toNanos());

            assertThatThrownBy(() -> get(jetty, "/shop/cgi/half"))
                    .as("a response that broke off does not look complete")
                    .isInstanceOf(IOException.class);
            assertThat(get(jetty, "/shop/cgi/nothing").statusCode()).isEqualTo(404);
            for (String path : List.of("/shop/index.html", "/filtered/index.html")) {
                assertThat(get(jetty, path).body()).isEqualTo("the application\n");
            }
            var body = new byte[3 << 20];
            HttpRequest posted =
                    HttpRequest.newBuilder(jetty.uri().resolve("/filtered/probe"))
                            .POST(BodyPublishers.ofByteArray(body))
                            .build();
            assertThat(send(posted).body()).contains("\"length\":" + body.length);
            assertThat(get(jetty, "/filtered/nothing").statusCode()).isEqualTo(404);
        }
    }

    private static HttpResponse<String> get(JettyBase jetty, String path) throws Exception {
        return send(HttpRequest.newBuilder(jetty.uri().resolve(path)).build());
    }

    private static HttpResponse<String> send(HttpRequest request) throws Exception {
        return CLIENT.send(request, BodyHandlers.ofString());
    }
}
