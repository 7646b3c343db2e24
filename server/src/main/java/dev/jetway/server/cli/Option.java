package dev.jetway.server.cli;

import java.util.List;
import java.util.function.Consumer;

/**
 * An option of a command line.
 *
 * @param names with their dashes, a short one first if there is any
 * @param values how many values it takes
 * @param label what a value is called in the help; empty if it takes none
 * @param description a sentence for the help; empty if the help does not list it
 * @param taker called once for each value, or with an empty text if it takes none
 */
record Option(
        List<String> names,
        Values values,
        String label,
        String description,
        Consumer<String> taker) {
    /** How many values an option takes. */
    enum Values {
        /** None; to give it twice is to give it once. */
        NONE,
        /** One, and the option may be given once. */
        ONE,
        /** One each time that the option is given. */
        ONE_EACH,
        /** All words up to the next option, each time that the option is given. */
        SEVERAL
    }

    Option {
        names = List.copyOf(names);
    }

    static Option flag(List<String> names, String description, Runnable given) {
        return new Option(names, Values.NONE, "", description, _ -> given.run());
    }

    static Option of(List<String> names, String label, String description, Consumer<String> taker) {
        return new Option(names, Values.ONE, label, description, taker);
    }

    static Option each(
            List<String> names, String label, String description, Consumer<String> taker) {
        return new Option(names, Values.ONE_EACH, label, description, taker);
    }

    static Option several(
            List<String> names, String label, String description, Consumer<String> taker) {
        return new Option(names, Values.SEVERAL, label, description, taker);
    }

    /** The name for messages. */
    String longName() {
        return names.getLast();
    }

    boolean isHidden() {
        return description.isEmpty();
    }
}
