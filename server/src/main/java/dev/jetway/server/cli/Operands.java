package dev.jetway.server.cli;

import java.util.function.Consumer;

/**
 * The words of a command that are not options.
 *
 * @param label their name in the help and in messages
 * @param description a sentence for the help
 * @param least the smallest number of operands
 * @param most the largest number of operands
 * @param greedy whether all words after the first are operands, whatever they look like
 * @param taker called for each
 */
record Operands(
        String label,
        String description,
        int least,
        int most,
        boolean greedy,
        Consumer<String> taker) {
    static final Operands NONE = new Operands("", "", 0, 0, false, _ -> {});

    static Operands optional(String label, String description, Consumer<String> taker) {
        return new Operands(label, description, 0, 1, false, taker);
    }

    static Operands oneOrMore(String label, String description, Consumer<String> taker) {
        return new Operands(label, description, 1, Integer.MAX_VALUE, false, taker);
    }

    /** At least one; all words after it are operands too. */
    static Operands rest(String label, String description, Consumer<String> taker) {
        return new Operands(label, description, 1, Integer.MAX_VALUE, true, taker);
    }
}
