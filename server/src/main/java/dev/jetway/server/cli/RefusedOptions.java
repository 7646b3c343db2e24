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

    private final List<String> given = new ArrayList<>();

    @Option(
            names = {"-b", "--bindle"},
            hidden = true)
    void bindle(@Nullable String value) {
        note(value, "--bindle", BINDLE);
    }

    @Option(names = "--bindle-path", hidden = true)
    void bindlePath(@Nullable String value) {
        note(value, "--bindle-path", BINDLE);
    }

    @Option(names = "--bindle-url", hidden = true)
    void bindleUrl(@Nullable String value) {
        note(value, "--bindle-url", BINDLE);
    }

    @Option(names = "--bindle-server", hidden = true)
    void bindleServer(@Nullable String value) {
        note(value, "--bindle-server", BINDLE);
    }

    @Option(names = "--bindle-http-user", hidden = true)
    void bindleUser(@Nullable String value) {
        note(value, "--bindle-http-user", BINDLE);
    }

    @Option(names = "--bindle-http-password", hidden = true)
    void bindlePassword(@Nullable String value) {
        note(value, "--bindle-http-password", BINDLE);
    }

    @Option(
            names = {"-k", "--bindle-insecure"},
            hidden = true)
    void bindleInsecure(boolean value) {
        note(value ? "" : null, "--bindle-insecure", BINDLE);
    }

    private void note(@Nullable String value, String option, String reason) {
        if (value != null) {
            given.add(option + reason);
        }
    }

    /** Throws for the first of them that was given. */
    void refuse() {
        if (!given.isEmpty()) {
            throw new CommandFailure(given.getFirst());
        }
    }
}
