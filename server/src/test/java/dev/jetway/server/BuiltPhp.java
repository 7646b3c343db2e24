package dev.jetway.server;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** The php-cgi that {@code examples/php/build.sh} makes. */
final class BuiltPhp {
    private static final Path MODULE =
            Path.of("..", "examples", "php", "php-cgi-8.2.32.wasm").toAbsolutePath().normalize();

    private BuiltPhp() {}

    /** Leaves the tests out where it was not built. */
    static void assumeBuilt() {
        assumeTrue(Files.exists(MODULE), "this php-cgi is not here: run examples/php/build.sh");
    }

    /**
     * Serves the folders in {@code sites}.
     *
     * @param keys more keys of the handler of their scripts
     */
    static TestServer serve(Path folder, String keys) throws Exception {
        return TestServer.withTop(
                folder,
                """
                sites = "sites/*"
                state-dir = "state"
                [limits]
                time = "2m"
                [handler.php]
                module = "%s"
                extensions = ["php"]
                %s
                """
                        .formatted(MODULE, keys));
    }
}
