package dev.jetway.server.cli;

import java.util.ArrayList;
import java.util.List;

/** Wagi's options without a meaning here: each is refused with an alternative. */
final class RefusedOptions {
    private static final String BINDLE =
            ": bindles are not supported: unpack the bundle and name its modules in a modules.toml"
                    + " (--config)";

    private final List<String> given = new ArrayList<>();

    /** The options, which set this object's fields. */
    List<CommandOption> all() {
        return List.of(
                refused("-b", "--bindle"),
                refused("--bindle-path"),
                refused("--bindle-url"),
                refused("--bindle-server"),
                refused("--bindle-http-user"),
                refused("--bindle-http-password"),
                CommandOption.flag(
                        List.of("-k", "--bindle-insecure"), "", () -> note("--bindle-insecure")));
    }

    private CommandOption refused(String... names) {
        return CommandOption.of(List.of(names), "VALUE", "", _ -> note(names[names.length - 1]));
    }

    private void note(String option) {
        given.add(option + BINDLE);
    }

    /** Throws for the first option that was given. */
    void refuse() {
        if (!given.isEmpty()) {
            throw new CommandFailure(given.getFirst());
        }
    }
}
