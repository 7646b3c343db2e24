package dev.jetway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Programs written for CGI find what they need in the environment: the computations of Python's
 * {@code cgi} and {@code wsgiref} and of Perl's {@code CGI.pm}, applied to a guest's environment.
 */
@Timeout(60)
final class CgiProgramsIT {
    @TempDir private static Path folder;
    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        server =
                TestServer.start(
                        folder,
                        """
                        [[route]]
                        path = "/cgi-bin/env/..."
                        module = "%1$s/env.wasm"
                        [[route]]
                        path = "/..."
                        module = "%1$s/env.wasm"
                        [[route]]
                        path = "/form"
                        module = "%1$s/echo.wasm"
                        """
                                .formatted(TestServer.examples()),
                        "[[module]]\nroute = \"/unused\"\nmodule = \"hello.wasm\"\n");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Map<String, String> environment(String target) throws Exception {
        var variables = new LinkedHashMap<String, String>();
        server.get(target)
                .body()
                .lines()
                .filter(l -> l.contains("="))
                .map(l -> l.split("=", 2))
                .forEach(pair -> variables.put(pair[0], pair[1]));
        return variables;
    }

    private static String of(Map<String, String> environment, String name) {
        return environment.getOrDefault(name, "");
    }

    /** As {@code urllib.parse.quote(text, safe="/;=,")}. */
    private static String quote(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/")
                .replace("%3B", ";")
                .replace("%3D", "=")
                .replace("%2C", ",")
                .replace("%7E", "~");
    }

    /** PEP 3333, "URL Reconstruction", as in {@code wsgiref.util.request_uri}. */
    private static String reconstructed(Map<String, String> environment) {
        boolean secure = of(environment, "HTTPS").equals("on");
        String scheme = secure ? "https" : "http";
        String host = of(environment, "HTTP_HOST");
        if (host.isEmpty()) {
            String port = of(environment, "SERVER_PORT");
            host =
                    of(environment, "SERVER_NAME")
                            + (port.equals(secure ? "443" : "80") ? "" : ":" + port);
        }
        String script = quote(of(environment, "SCRIPT_NAME"));
        String info = quote(of(environment, "PATH_INFO"));
        String path = script.isEmpty() && info.isEmpty() ? "/" : script + info;
        String query = of(environment, "QUERY_STRING");
        return scheme + "://" + host + path + (query.isEmpty() ? "" : "?" + query);
    }

    /**
     * CGI.pm 4's {@code _name_and_path_from_env}: the script's name is the request's URI without
     * the query and the path after the script.
     */
    private static String scriptOfCgiPm(Map<String, String> environment) {
        String uri =
                URLDecoder.decode(
                        of(environment, "REQUEST_URI")
                                .replaceFirst("\\?.*", "")
                                .replace("+", "%2B"),
                        StandardCharsets.UTF_8);
        String info = of(environment, "PATH_INFO");
        return uri.endsWith(info) ? uri.substring(0, uri.length() - info.length()) : uri;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/cgi-bin/env",
                "/cgi-bin/env/",
                "/cgi-bin/env/a/b",
                "/cgi-bin/env/a%20b?x=1&y=%20",
                "/cgi-bin/env/%C3%A4;v=1,2",
                "/cgi-bin/env/a/",
                "/",
                "/a?",
                "/a~b",
            })
    void programsRebuildTheAddressThatTheyWereAskedFor(String target) throws Exception {
        Map<String, String> environment = environment(target);
        URI asked = server.server().uri().resolve(target);
        String expected = asked.toString().replaceFirst("\\?$", "");

        assertThat(reconstructed(environment)).isEqualTo(expected);
        assertThat(scriptOfCgiPm(environment)).isEqualTo(of(environment, "SCRIPT_NAME"));
    }

    @Test
    void aFormIsReadByItsLength() throws Exception {
        String form = "name=J%C3%BCrgen&text=a+b%26c&empty=";
        String answer =
                server.send(
                                server.request("/form")
                                        .header("Content-Type", "application/x-www-form-urlencoded")
                                        .POST(BodyPublishers.ofString(form))
                                        .build())
                        .body();

        // cgi.FieldStorage and CGI.pm read CONTENT_LENGTH bytes if the type is this one.
        assertThat(answer)
                .contains("CONTENT_LENGTH: " + form.length() + "\n")
                .contains("CONTENT_TYPE: application/x-www-form-urlencoded\n")
                .endsWith("\n\n" + form);
    }

    @Test
    void aFileIsUploadedAsMultipart() throws Exception {
        String body =
                String.join(
                        "\r\n",
                        "--b",
                        "Content-Disposition: form-data; name=\"f\"; filename=\"a.txt\"",
                        "Content-Type: text/plain",
                        "",
                        "line 1",
                        "line 2",
                        "--b--",
                        "");
        String answer =
                server.send(
                                server.request("/form")
                                        .header("Content-Type", "multipart/form-data; boundary=b")
                                        .POST(BodyPublishers.ofString(body))
                                        .build())
                        .body();

        assertThat(answer)
                .contains("CONTENT_TYPE: multipart/form-data; boundary=b\n")
                .endsWith("\n\n" + body);
    }

    @Test
    void cookiesAndTheClientAreWhereTheseProgramsLook() throws Exception {
        String answer =
                server.send(
                                server.request("/cgi-bin/env")
                                        .header("Cookie", "a=1; b=2")
                                        .header("Referer", "http://x/")
                                        .header("User-Agent", "test")
                                        .build())
                        .body();

        assertThat(answer.lines())
                .contains(
                        "HTTP_COOKIE=a=1; b=2",
                        "HTTP_REFERER=http://x/",
                        "HTTP_USER_AGENT=test",
                        "REMOTE_ADDR=127.0.0.1",
                        "REMOTE_HOST=127.0.0.1",
                        "GATEWAY_INTERFACE=CGI/1.1",
                        "SERVER_PROTOCOL=HTTP/1.1");
    }
}
