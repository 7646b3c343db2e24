package dev.jetway.server.cli;

import dev.jetway.server.cli.Option.Values;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the words of a command line, as POSIX and GNU write them: {@code --name value}, {@code
 * --name=value}, {@code -n value}, {@code -nvalue}, flags together ({@code -hV}), {@code --} before
 * operands that look like options. Gives each value to its option. For one command line.
 */
final class CommandWords {
    private static final String END_OF_OPTIONS = "--";

    private final List<String> words;
    private final List<String> unmatched = new ArrayList<>();
    private final Set<String> given = new HashSet<>();
    private Command command;
    private int at;
    private int operands;
    private int firstUnmatched;
    private boolean onlyOperands;

    private CommandWords(Command top, List<String> words) {
        this.command = top;
        this.words = words;
    }

    /**
     * Finds the command and fills its options.
     *
     * @return the innermost command; its options and operands have their values
     * @throws UsageException if a word is not understood
     */
    static CommandWords read(Command top, List<String> words) {
        var reader = new CommandWords(top, words);
        reader.read();
        return reader;
    }

    /** The innermost command that is named. */
    Command command() {
        return command;
    }

    /**
     * Checks that nothing is missing.
     *
     * @throws UsageException if the command needs more operands
     */
    void requireOperands() {
        if (operands < command.operands().least()) {
            throw new UsageException(
                    "Missing required parameter: '" + command.operands().label() + "'");
        }
    }

    private void read() {
        while (at < words.size()) {
            String word = words.get(at++);
            if (onlyOperands) {
                operand(word);
            } else if (word.equals(END_OF_OPTIONS)) {
                onlyOperands = true;
            } else if (looksLikeOption(word)) {
                option(word);
            } else {
                operandOrCommand(word);
            }
        }
        if (!unmatched.isEmpty()) {
            throw new UsageException(unmatchedText());
        }
    }

    /** A dash alone is an operand: the standard input, by custom. */
    private static boolean looksLikeOption(String word) {
        return word.length() > 1 && word.charAt(0) == '-';
    }

    private void operandOrCommand(String word) {
        Optional<Command> named = command.command(word);
        if (named.isPresent()) {
            command = named.get();
        } else {
            operand(word);
        }
    }

    private void operand(String word) {
        Operands taken = command.operands();
        if (operands >= taken.most()) {
            unmatched(word);
            return;
        }
        operands++;
        onlyOperands |= taken.greedy();
        try {
            taken.taker().accept(word);
        } catch (IllegalArgumentException e) {
            throw new UsageException("Invalid " + taken.label() + ": " + e.getMessage());
        }
    }

    private void option(String word) {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        Optional<Option> named = command.option(name);
        if (named.isPresent()) {
            Optional<String> attached =
                    equals < 0 ? Optional.empty() : Optional.of(word.substring(equals + 1));
            take(named.get(), attached);
        } else if (word.startsWith("--")) {
            unmatched(word);
        } else {
            cluster(word);
        }
    }

    /** {@code -hV} is {@code -h -V}, and {@code -cFILE} is {@code -c FILE}. */
    private void cluster(String word) {
        for (int i = 1; i < word.length(); i++) {
            Optional<Option> named = command.option("-" + word.charAt(i));
            if (named.isEmpty()) {
                unmatched(word);
                return;
            }
            if (named.get().values() != Values.NONE) {
                String rest = word.substring(i + 1);
                take(named.get(), rest.isEmpty() ? Optional.empty() : Optional.of(rest));
                return;
            }
            take(named.get(), Optional.empty());
        }
    }

    private void take(Option option, Optional<String> attached) {
        boolean again = !given.add(option.longName());
        switch (option.values()) {
            case NONE -> {
                if (attached.isPresent()) {
                    throw new UsageException("Option '" + option.longName() + "' takes no value");
                }
                option.taker().accept("");
            }
            case ONE -> {
                if (again) {
                    throw new UsageException(
                            "Option '" + option.longName() + "' is given more than once");
                }
                accept(option, attached.orElseGet(() -> next(option)));
            }
            case ONE_EACH -> accept(option, attached.orElseGet(() -> next(option)));
            case SEVERAL -> {
                accept(option, attached.orElseGet(() -> next(option)));
                while (at < words.size() && !looksLikeOption(words.get(at))) {
                    accept(option, words.get(at++));
                }
            }
        }
    }

    /** The next word, unless that is an option of the command. */
    private String next(Option option) {
        if (at == words.size() || isOption(words.get(at))) {
            throw new UsageException(
                    "Missing required parameter for option '"
                            + option.longName()
                            + "' ("
                            + option.label()
                            + ")");
        }
        return words.get(at++);
    }

    private boolean isOption(String word) {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        return word.equals(END_OF_OPTIONS) || command.option(name).isPresent();
    }

    private static void accept(Option option, String value) {
        try {
            option.taker().accept(value);
        } catch (IllegalArgumentException e) {
            throw new UsageException(
                    "Invalid value for option '" + option.longName() + "': " + e.getMessage());
        }
    }

    private void unmatched(String word) {
        if (unmatched.isEmpty()) {
            firstUnmatched = at - 1;
        }
        unmatched.add(word);
    }

    private String unmatchedText() {
        String all = "'" + String.join("', '", unmatched) + "'";
        boolean one = unmatched.size() == 1;
        for (String word : unmatched) {
            if (looksLikeOption(word)) {
                return (one ? "Unknown option: " : "Unknown options: ") + all;
            }
        }
        return (one ? "Unmatched argument at index " : "Unmatched arguments from index ")
                + firstUnmatched
                + ": "
                + all;
    }
}
