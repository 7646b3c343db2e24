package dev.jetway.server.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/**
 * A command of the command line.
 *
 * @param path its name after those of the commands above
 * @param description a sentence for the help; empty if the help does not list it
 * @param options its own, with those inherited from the commands above
 * @param operands its other arguments
 * @param commands its subcommands
 * @param action the work; returns the exit code
 */
record Command(
        String path,
        String description,
        List<CommandOption> options,
        Operands operands,
        List<Command> commands,
        Callable<Integer> action) {
    Command {
        options = List.copyOf(options);
        commands = List.copyOf(commands);
    }

    /** The last word of the path. */
    String name() {
        return path.substring(path.lastIndexOf(' ') + 1);
    }

    Optional<Command> command(String name) {
        for (Command command : commands) {
            if (command.name().equals(name)) {
                return Optional.of(command);
            }
        }
        return Optional.empty();
    }

    /** The options in the library's form. */
    Options syntax() {
        var syntax = new Options();
        for (CommandOption option : options) {
            syntax.addOption(option.syntax());
        }
        return syntax;
    }

    /**
     * The option for one that the library has found.
     *
     * @param found one of {@link #syntax()}, or a copy
     */
    CommandOption option(Option found) {
        for (CommandOption option : options) {
            if (option.syntax().equals(found)) {
                return option;
            }
        }
        throw new IllegalArgumentException("not an option of " + path + ": " + found);
    }

    boolean isHidden() {
        return description.isEmpty();
    }
}
