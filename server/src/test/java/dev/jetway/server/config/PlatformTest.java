package dev.jetway.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.route.Action;
import dev.jetway.route.Route;
import dev.jetway.route.RunModule;
import dev.jetway.route.ServeFolder;
import dev.jetway.server.config.table.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlatformTest {
    private static final Platform MAC =
            new Platform(Optional.of("volumes need Linux, this is Mac OS X"), false);

    @TempDir private Path folder;

    @BeforeEach
    void configuration() throws Exception {
        Files.createDirectories(folder.resolve("sites/a.example/public"));
        Files.writeString(
                folder.resolve("jetway.toml"),
                """
                sites = "sites/*"

                [[route]]
                path = "/hello"
                module = "hello.wasm"

                [[route]]
                path = "/kept"
                module = "hello.wasm"
                volumes = { "/data" = "sites" }
                """);
    }

    private Configuration read() throws Exception {
        return new ConfigurationReader(folder, 2).read(folder);
    }

    private static Action action(Configuration configuration, String path) {
        return configuration.routes().stream()
                .filter(r -> r.pattern().text().equals(path))
                .map(Route::action)
                .findAny()
                .orElseThrow();
    }

    @Test
    void restrict_systemWithoutFiles_refusesRoutesThatNeedThem() throws Exception {
        Configuration restricted = MAC.restrict(read());

        var refused = new Action.Refuse(Action.Refuse.Reason.NOT_OFFERED);
        assertThat(action(restricted, "/kept")).isEqualTo(refused);
        assertThat(action(restricted, "/hello")).isInstanceOf(RunModule.class);
        assertThat(read().routes()).anyMatch(r -> r.action() instanceof ServeFolder);
        assertThat(restricted.routes())
                .hasSameSizeAs(read().routes())
                .noneMatch(r -> r.action() instanceof ServeFolder);
    }

    @Test
    void restrict_systemWithoutFiles_saysSoOnce() throws Exception {
        List<Problem> warnings = MAC.restrict(read()).warnings();

        assertThat(warnings)
                .extracting(Problem::toString)
                .containsExactly(
                        "this system: warning: threads have no priorities: programs that run for"
                                + " long slow down others (docs/platforms.md)",
                        folder.resolve("jetway.toml")
                                + ":7: warning: volumes need Linux, this is Mac OS X; 2 routes with"
                                + " volumes or folders answer 503, the first is /kept"
                                + " (docs/platforms.md)");
    }

    @Test
    void restrict_systemWithoutFiles_whereNoRouteNeedsThem_doesNotMentionThem() throws Exception {
        Files.writeString(
                folder.resolve("jetway.toml"),
                "[[route]]\npath = \"/hello\"\nmodule = \"hello.wasm\"\n");

        List<Problem> warnings = MAC.restrict(read()).warnings();

        assertThat(warnings).noneMatch(w -> w.message().contains("503"));
    }

    @Test
    void restrict_linux_changesNothing() throws Exception {
        Configuration read = read();

        Configuration same = Platform.HERE.restrict(read);

        assertThat(same.routes()).isEqualTo(read.routes());
        assertThat(read.warnings()).isEmpty();
    }
}
