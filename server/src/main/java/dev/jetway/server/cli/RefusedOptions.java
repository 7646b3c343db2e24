package dev.jetway.server.cli;

import java.util.ArrayList;
import java.util.List;

/** Wagi's options that there is no sense in here: each is refused with what to do instead. */
final class RefusedOptions {
    private static final String BINDLE =
            ": bindles are not supported: unpack the bundle and name its modules in a modules.toml"
                    + " (--config)";

    private final List<String> given = new ArrayList<>();

    /** The options, to be filled. */
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

    /** Throws for the first of them that was given. */
    void refuse() {
        if (!given.isEmpty()) {
            throw new CommandFailure(given.getFirst());
        }
    }
}
