package dev.jetway.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.route.Route;
import dev.jetway.sandbox.GuestLimits;
import dev.jetway.sandbox.Volume;
import dev.jetway.server.TestRoutes;
import dev.jetway.server.config.table.ConfigurationException;
import dev.jetway.server.config.table.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files in each style of Wagi's documents and examples. */
final class WagiSamplesTest {
    @TempDir Path folder = Path.of("");

    @Test
    void read_examples_loadsFiveRoutesAndWarnsOfOutboundHttp() throws Exception {
        Configuration read = read("examples");

        assertThat(read.routes())
                .extracting(r -> r.pattern().text())
                .containsExactly("/", "/hello/...", "/http-example", "/error", "/log");
        assertThat(read.warnings())
                .extracting(Problem::toString)
                .containsExactly(
                        "modules.toml:16: warning: 'allowed_hosts' is not supported yet and has no"
                                + " effect",
                        "modules.toml:17: warning: 'http_max_concurrency' is not supported yet and"
                                + " has no effect");
        assertThat(read.routes().get(1))
                .satisfies(r -> assertThat(TestRoutes.action(r).entrypoint()).isEqualTo("_start"))
                .satisfies(r -> assertThat(TestRoutes.action(r).argv()).isEmpty())
                .satisfies(r ->
                        assertThat(TestRoutes.action(r).limits()).isEqualTo(GuestLimits.DEFAULT))
                .satisfies(r -> assertThat(r.position()).hasToString("modules.toml:9"));
    }

    @Test
    void read_large_keepsVolumesAndEntrypoints() throws Exception {
        Configuration read = read("large");

        assertThat(read.routes())
                .extracting(r -> TestRoutes.action(r).entrypoint())
                .containsExactly("_start", "_start", "_start", "_start", "hello", "goodbye");
        assertThat(TestRoutes.action(read.routes().get(2)).volumes())
                .containsExactly(new Volume("/path/inside/wasm", Path.of("/path/on/host")));
        assertThat(read.warnings())
                .extracting(Problem::toString)
                .containsExactly(
                        "modules.toml:14: warning: the folder '/path/on/host' does not exist: the"
                                + " guest will not see /path/inside/wasm");
    }

    @Test
    void read_fileserver_mountsTheRoot() throws Exception {
        assertThat(TestRoutes.action(read("fileserver").routes().getFirst()).volumes())
                .containsExactly(new Volume("/", Path.of("/srv/site")));
    }

    @Test
    void read_interpreters_keepsArgumentsRaw() throws Exception {
        Configuration read = read("interpreters");

        assertThat(read.routes())
                .extracting(r -> TestRoutes.action(r).argv())
                .containsExactly(
                        Optional.of("${SCRIPT_NAME} -v /env.rb ${SCRIPT_NAME} ${ARGS}"),
                        Optional.of("python /code/env.py ${ARGS}"),
                        Optional.of("ruby /env.rb ${SCRIPT_NAME} ${ARGS}"));
        assertThat(TestRoutes.action(read.routes().getFirst()).volumes())
                .extracting(Volume::guestPath)
                .containsExactly("/", "/usr");
    }

    @Test
    void read_environment_isNeverInterpolated() throws Exception {
        Route route = read("environment").routes().getFirst();

        assertThat(TestRoutes.action(route).environment())
                .containsExactly(
                        Map.entry("TEST_NAME", "test value"),
                        Map.entry(
                                "dotted.name",
                                "${ENV:HOME} ${env:HOME} ${SCRIPT_NAME} ${file:UTF-8:/etc/passwd}"
                                        + " $${x}"));
    }

    @Test
    void read_environment_warnsOfTheIgnoredHost() throws Exception {
        assertThat(read("environment").warnings())
                .extracting(Problem::toString)
                .contains("modules.toml:6: warning: 'host' is not supported yet and has no effect");
    }

    @Test
    void read_entrypoints_understandsFileUrlsAndColons() throws Exception {
        Configuration read = read("entrypoints");

        var escaped = "/srv/wasm/multiple entries+1.wasm";
        assertThat(read.routes())
                .extracting(r -> TestRoutes.action(r).module().toString())
                .containsExactly(
                        escaped,
                        escaped,
                        escaped,
                        folder.resolve("odd:name.wasm").toString(),
                        folder.resolve("1:2.wasm").toString(),
                        folder.resolve("healthz.wasm").toString());
        assertThat(read.routes())
                .extracting(r -> TestRoutes.action(r).entrypoint())
                .containsExactly("_start", "ep1", "ep2", "_start", "_start", "_start");
        assertThat(read.warnings()).isEmpty();
    }

    private Configuration read(String sample) throws IOException, ConfigurationException {
        Files.writeString(
                folder.resolve("modules.toml"), CaseFile.text("samples/" + sample + ".toml"));
        return new ConfigurationReader(folder, 2).read(Path.of("modules.toml"));
    }
}
