package dev.jetway.server.cli;

import java.util.List;
import java.util.function.Consumer;
import org.apache.commons.cli.Option;

/**
 * An option of a command, with the receiver of its values.
 *
 * @param syntax its names and its help; hidden if it has no help
 * @param times how often it may have a value
 * @param taker called for each value, or with an empty text if the option takes none
 */
record CommandOption(Option syntax, Times times, Consumer<String> taker) {
    /** How often an option that takes a value may have one. */
    enum Times {
        /** Once. */
        ONCE,
        /** Once each time that the option is given. */
        EACH,
        /** As {@link #EACH}; all words up to the next option are values too. */
        SEVERAL
    }

    /** An option without a value; repetition has no effect. */
    static CommandOption flag(List<String> names, String description, Runnable given) {
        return new CommandOption(
                named(names).desc(description).get(), Times.EACH, _ -> given.run());
    }

    static CommandOption of(
            List<String> names, String label, String description, Consumer<String> taker) {
        return new CommandOption(syntax(names, label, description), Times.ONCE, taker);
    }

    static CommandOption each(
            List<String> names, String label, String description, Consumer<String> taker) {
        return new CommandOption(syntax(names, label, description), Times.EACH, taker);
    }

    static CommandOption several(
            List<String> names, String label, String description, Consumer<String> taker) {
        return new CommandOption(syntax(names, label, description), Times.SEVERAL, taker);
    }

    private static Option syntax(List<String> names, String label, String description) {
        return named(names).hasArg().argName(label).desc(description).get();
    }

    /** The names have their dashes: one before a letter, two before a word. */
    private static Option.Builder named(List<String> names) {
        Option.Builder option = Option.builder();
        for (String name : names) {
            if (name.startsWith("--")) {
                option.longOpt(name.substring(2));
            } else {
                option.option(name.substring(1));
            }
        }
        return option;
    }

    /** The name for messages. */
    String name() {
        return syntax.hasLongOpt() ? "--" + syntax.getLongOpt() : "-" + syntax.getOpt();
    }

    boolean isHidden() {
        return syntax.getDescription().isEmpty();
    }
}
