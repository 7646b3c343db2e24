package dev.jetway.server.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Wagi's options that there is no sense in here: each is refused with what to do instead. */
final class RefusedOptions {
    private static final String BINDLE =
            ": bindles are not supported: unpack the bundle and name its modules in a modules.toml"
                    + " (--config)";
    private static final String TLS =
            ": TLS is not supported yet: put a proxy that ends TLS before the server";

    @Option(
            names = {
                "-b",
                "--bindle",
                "--bindle-path",
                "--bindle-url",
                "--bindle-server",
                "--bindle-http-user",
                "--bindle-http-password"
            },
            hidden = true)
    private List<String> bindle = new ArrayList<>();

    @Option(
            names = {"-k", "--bindle-insecure"},
            hidden = true)
    private boolean insecure;

    @Option(
            names = {"--tls-cert", "--tls-key"},
            hidden = true)
    private @Nullable String tls;

    /** Throws for the first of them that was given. */
    void refuse() {
        if (!bindle.isEmpty() || insecure) {
            throw new CommandFailure("--bindle…" + BINDLE);
        }
        if (tls != null) {
            throw new CommandFailure("--tls-cert, --tls-key" + TLS);
        }
    }
}
