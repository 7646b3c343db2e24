package dev.jetway.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.base.ByteSize;
import dev.jetway.route.Route;
import dev.jetway.server.TestRoutes;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scratch of a route, and the variable that names it. */
final class TemporaryFilesTest {
    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    # module            | [limits]         | the route                          | scratch | TMPDIR
                    tool.wasm           |                  |                                    | 0B      | -
                    php-cgi-8.2.0.wasm  |                  |                                    | 64MiB   | /tmp
                    perl.wasm           |                  |                                    | 64MiB   | /tmp
                    php.wasm            | scratch = "1MiB" |                                    | 1MiB    | /tmp
                    php.wasm            |                  | scratch-limit = "0B"               | 0B      | -
                    php.wasm            |                  | scratch-limit = "2MiB"             | 2MiB    | /tmp
                    tool.wasm           | scratch = "1MiB" |                                    | 1MiB    | /tmp
                    tool.wasm           |                  | scratch-limit = "4KiB"             | 4KiB    | /tmp
                    tool.wasm           |                  | writable-volumes = { "/tmp" = "" } | 0B      | /tmp
                    php.wasm            |                  | volumes = { "/tmp" = "" }          | 64MiB   | -
                    php.wasm            |                  | environment = { TMPDIR = "/x" }    | 64MiB   | /x
                    """)
    void scratch_existsAndHasAVariable(
            String module, String limits, String more, String scratch, String variable)
            throws Exception {
        Files.writeString(folder.resolve(module), "(module)");
        Files.writeString(
                folder.resolve("jetway.toml"),
                "[limits]\n%s\n[[route]]\npath = \"/x\"\nmodule = \"%s\"\n%s\n"
                        .formatted(text(limits), module, text(more).replace("\"\"", "\".\"")));

        Route route = new ConfigurationReader(folder, 2).read(folder).routes().getFirst();

        assertThat(TestRoutes.action(route).limits().files().scratch())
                .isEqualTo(ByteSize.parse(scratch));
        assertThat(TestRoutes.action(route).environment().getOrDefault("TMPDIR", "-"))
                .isEqualTo(variable);
    }

    @ParameterizedTest
    @CsvSource({"64MiB, 64MiB", "65MiB, 64MiB", "63MiB, 63MiB", "0B, 0B"})
    void scratchOfAnInterpreter_staysWithinTheCapsWithoutAWarning(String cap, String scratch)
            throws Exception {
        Files.writeString(folder.resolve("php.wasm"), "");
        Files.writeString(
                folder.resolve("jetway.toml"),
                "[caps]\nscratch = \"%s\"\n[[route]]\npath = \"/x\"\nmodule = \"php.wasm\"\n"
                        .formatted(cap));

        Configuration read = new ConfigurationReader(folder, 2).read(folder);

        assertThat(read.warnings()).isEmpty();
        assertThat(TestRoutes.action(read.routes().getFirst()).limits().files().scratch())
                .isEqualTo(ByteSize.parse(scratch));
    }

    private static String text(String cell) {
        return cell == null ? "" : cell;
    }
}
