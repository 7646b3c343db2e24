package dev.jetway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The clients that may use a route, and the credentials that its guest sees. */
@Timeout(60)
final class AuthenticationIT {
    private static final String ALICE = basic("alice:secret");

    @TempDir private static Path folder;
    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        Files.writeString(
                folder.resolve("users"),
                """
                alice:$2y$05$9W5O6oCtY66jL9y/jeWMgOrtT9VQuTGz7W9.Xtu5.4a32xE8DJI6u
                bob:$apr1$S4QOB83V$uWfNowfndNhpmUAaCwtj61
                ü:$2y$04$e1uNcEiy.Cf6yRqVisLoCe010LrjQicRW.b7W6D6aQ7bVFFTInbJy
                """);
        server =
                TestServer.start(
                        folder,
                        """
                        [error-pages]
                        401 = "/please"
                        [[route]]
                        path = "/open"
                        module = "%1$s/env.wasm"
                        [[route]]
                        path = "/raw"
                        module = "%1$s/env.wasm"
                        pass-authorization = true
                        [[route]]
                        path = "/please"
                        module = "%1$s/env.wasm"
                        [[route]]
                        path = "/basic"
                        module = "%1$s/env.wasm"
                        auth = "basic"
                        auth-file = "users"
                        auth-realm = 'the "staff" \\'
                        [[route]]
                        path = "/alice"
                        module = "%1$s/env.wasm"
                        auth = "basic"
                        auth-file = "users"
                        auth-users = ["alice"]
                        pass-authorization = true
                        [[route]]
                        path = "/bearer"
                        module = "%1$s/env.wasm"
                        auth = "bearer"
                        """
                                .formatted(TestServer.examples()),
                        TestServer.printing(folder, "/to-basic", "Location: /basic\n\n")
                                + "dialect = \"cgi\"\n"
                                + """
                                [[module]]
                                route = "/wagi"
                                module = "env.wasm"
                                auth = "basic"
                                auth-file = "users"
                                """);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static HttpResponse<String> get(String path, String authorization) throws Exception {
        return server.send(server.request(path).header("Authorization", authorization).build());
    }

    @Test
    void withoutCredentialsTheClientIsAskedForThem() throws Exception {
        HttpResponse<String> response = server.get("/basic");

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("www-authenticate"))
                .contains("Basic realm=\"the \\\"staff\\\" \\\\\", charset=\"UTF-8\"");
        // The site's page of the error keeps the status and the challenge.
        assertThat(response.body()).contains("REDIRECT_STATUS=401", "REDIRECT_URL=/basic");
    }

    @Test
    void aGuestLearnsTheUserAndNotThePassword() throws Exception {
        assertThat(get("/basic", ALICE).body().lines())
                .contains("AUTH_TYPE=Basic", "REMOTE_USER=alice")
                .noneMatch(l -> l.contains("AUTHORIZATION"));
        assertThat(get("/wagi", basic("bob:geheim")).body().lines())
                .contains("AUTH_TYPE=Basic", "REMOTE_USER=bob");
        assertThat(get("/basic", basic("ü:größe")).body().lines()).contains("REMOTE_USER=ü");
    }

    @ParameterizedTest
    @CsvSource({
        "Basic YWxpY2U6c2VjcmV0, 200",
        "basic   YWxpY2U6c2VjcmV0, 200",
        "Basic YWxpY2U6c2VjcmV1, 401",
        "Basic ZXZlOnNlY3JldA==, 401",
        "Basic YWxpY2U=, 401",
        "Basic ***, 401",
        "Basic, 401",
        "Bearer YWxpY2U6c2VjcmV0, 401",
        "Basic /////w==, 401",
        "Basic YWxpY2UKOnNlY3JldA==, 401",
    })
    void credentialsAreRightOrNot(String authorization, int status) throws Exception {
        assertThat(get("/basic", authorization).statusCode()).isEqualTo(status);
    }

    @Test
    void twoFieldsWithCredentialsAreRefused() throws Exception {
        String field = "Authorization: " + ALICE + "\r\n";

        assertThat(
                        server.raw(
                                "GET /basic HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                                        + field
                                        + field
                                        + "\r\n"))
                .startsWith("HTTP/1.1 401 ");
    }

    @Test
    void aRouteMayNameItsUsersAndGrantTheField() throws Exception {
        assertThat(get("/alice", ALICE).body().lines())
                .contains("REMOTE_USER=alice", "HTTP_AUTHORIZATION=" + ALICE);
        assertThat(get("/alice", basic("bob:geheim")).statusCode()).isEqualTo(401);
    }

    @Test
    void aBearerTokenIsTheGuestsToVerify() throws Exception {
        HttpResponse<String> without = server.get("/bearer");

        assertThat(without.statusCode()).isEqualTo(401);
        assertThat(without.headers().firstValue("www-authenticate"))
                .contains("Bearer realm=\"Restricted\"");
        assertThat(get("/bearer", "Bearer abc.def").body().lines())
                .contains("AUTH_TYPE=Bearer", "HTTP_AUTHORIZATION=Bearer abc.def")
                .noneMatch(l -> l.startsWith("REMOTE_USER"));
    }

    @Test
    void anOpenRouteSeesCredentialsOnlyIfGranted() throws Exception {
        assertThat(get("/open", ALICE).body().lines())
                .noneMatch(l -> l.contains("AUTHORIZATION"))
                .noneMatch(l -> l.startsWith("AUTH_TYPE") || l.startsWith("REMOTE_USER"));
        assertThat(get("/raw", ALICE).body().lines()).contains("HTTP_AUTHORIZATION=" + ALICE);
    }

    @Test
    void aLocalRedirectIsNoWayAround() throws Exception {
        assertThat(server.get("/to-basic").statusCode()).isEqualTo(401);
        assertThat(get("/to-basic", ALICE).body().lines())
                .contains("REMOTE_USER=alice", "REDIRECT_URL=/to-basic");
    }

    @Test
    void aRefusedClientSendsNoBody() throws Exception {
        String answer =
                server.raw(
                        "POST /basic HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\nExpect:"
                                + " 100-continue\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 401 ").doesNotContain("100 Continue");
    }
}
