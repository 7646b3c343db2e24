package dev.jetway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.server.program.LoadState;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Requests that the server itself makes at the start. */
@Timeout(60)
final class WarmUpIT {
    private static final String ONCE =
            "jetway_requests_total{site=\"default\",route=\"/env/...\",outcome=\"ok\","
                    + "status=\"200\",} 1.0";

    @TempDir private Path folder;

    private static String route(String keys) {
        return "[[module]]\nroute = '/env/...'\nmodule = 'env.wasm'\n" + keys;
    }

    private static String route(String path, String module, String warmUp) {
        return "[[module]]\nroute = '%s'\nmodule = '%s'\nwarm-up = '%s'\n"
                .formatted(path, module, warmUp);
    }

    @Test
    void preloadAll_requestIsMadeBeforeTheFirstClients() throws Exception {
        String modules = route("warm-up = '/env/x?q=1'\n");
        try (var server = TestServer.start(folder, "preload = \"all\"\n", modules)) {
            assertThat(server.admin("/metrics")).contains(ONCE);
        }
    }

    @Test
    void preloadNone_requestIsMadeWhileTheServerServes() throws Exception {
        String modules = route("dialect = 'cgi'\nwarm-up = '/env'\n");
        try (var server = TestServer.start(folder, "preload = \"none\"\n", modules)) {
            while (!server.admin("/metrics").contains(ONCE)) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
            assertThat(server.served().routes().getFirst().state())
                    .isInstanceOf(LoadState.Loaded.class);
        }
    }

    @Test
    void neitherCredentialsNorRatesApply() throws Exception {
        String modules =
                route(
                        "auth = 'bearer'\nauth-realm = 'env'\nrate-limit = '1/h'\nwarm-up = '/env'\n");
        try (var server = TestServer.start(folder, modules)) {
            assertThat(server.admin("/metrics")).contains(ONCE);
            assertThat(server.get("/env").statusCode()).isEqualTo(401);
            assertThat(server.get("/env").statusCode()).isEqualTo(429);
        }
    }

    @Test
    void failedWarmUpDoesNotStopTheStart() throws Exception {
        String trapping =
                TestServer.guest(
                        folder,
                        "/trap",
                        "(module (memory (export \"memory\") 1)"
                                + " (func (export \"_start\") unreachable))");
        String modules =
                trapping
                        + "warm-up = '/trap'\n"
                        + route("/missing", "missing.wasm", "/missing")
                        + route("warm-up = '/env'\n");
        try (var server = TestServer.start(folder, modules)) {
            assertThat(server.admin("/metrics"))
                    .contains(ONCE)
                    .contains("route=\"/trap\",outcome=\"trap\",status=\"502\",} 1.0");
            assertThat(server.get("/missing").statusCode()).isEqualTo(503);
        }
    }
}
