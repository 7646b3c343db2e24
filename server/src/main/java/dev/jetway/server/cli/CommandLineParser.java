package dev.jetway.server.cli;

import dev.jetway.server.cli.CommandOption.Times;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.MissingArgumentException;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;

/**
 * Parses a command line. Commons CLI reads the options of a command up to the first other word;
 * this class classifies that word as a command, an operand, a further value or a mistake, and
 * passes values to their options. For one command line.
 */
final class CommandLineParser {
    private static final String END_OF_OPTIONS = "--";

    private final DefaultParser parser =
            DefaultParser.builder()
                    .setAllowPartialMatching(false)
                    .setStripLeadingAndTrailingQuotes(false)
                    .get();
    private final List<String> words;
    private final List<String> unmatched = new ArrayList<>();
    private final Set<Option> given = new HashSet<>();
    private Command command;
    private Options syntax;
    private Optional<CommandOption> takesMore = Optional.empty();
    private int at;
    private int operands;
    private int firstUnmatched;
    private boolean onlyOperands;

    private CommandLineParser(Command top, List<String> words) {
        this.command = top;
        this.syntax = top.syntax();
        this.words = words;
    }

    /**
     * Finds the command and sets its options.
     *
     * @return the innermost command, with options and operands set
     * @throws ParseException if a word is not understood; the message is a phrase for the user
     */
    static CommandLineParser read(Command top, List<String> words) throws ParseException {
        var reader = new CommandLineParser(top, words);
        reader.read();
        return reader;
    }

    /** The innermost command that is named. */
    Command command() {
        return command;
    }

    /**
     * Checks that no operand is missing.
     *
     * @throws ParseException if the command needs more operands
     */
    void requireOperands() throws ParseException {
        if (operands < command.operands().least()) {
            throw new ParseException(
                    "Missing required parameter: '" + command.operands().label() + "'");
        }
    }

    private void read() throws ParseException {
        while (at < words.size()) {
            if (!onlyOperands) {
                options();
            }
            if (at < words.size()) {
                word(words.get(at++));
            }
        }
        if (!unmatched.isEmpty()) {
            throw new ParseException(unmatchedText());
        }
    }

    /** Reads options up to the first other word. */
    private void options() throws ParseException {
        CommandLine line = parsed(words.subList(at, words.size()));
        for (Option option : line.getOptions()) {
            take(command.option(option), option.hasArg() ? option.getValue() : "");
        }
        int stop = words.size() - line.getArgList().size();
        onlyOperands = stop > at && words.get(stop - 1).equals(END_OF_OPTIONS);
        at = stop;
    }

    private CommandLine parsed(List<String> unread) throws ParseException {
        try {
            return parser.parse(syntax, unread.toArray(String[]::new), true);
        } catch (MissingArgumentException e) {
            CommandOption option = command.option(e.getOption());
            String label = option.syntax().getArgName();
            throw new ParseException(
                    "Missing required parameter for option '%s' (%s)"
                            .formatted(option.name(), label));
        }
    }

    private void take(CommandOption option, String value) throws ParseException {
        if (!given.add(option.syntax()) && option.times() == Times.ONCE) {
            throw new ParseException("Option '" + option.name() + "' is given more than once");
        }
        takesMore = option.times() == Times.SEVERAL ? Optional.of(option) : Optional.empty();
        try {
            option.taker().accept(value);
        } catch (IllegalArgumentException e) {
            throw new ParseException(
                    "Invalid value for option '" + option.name() + "': " + e.getMessage());
        }
    }

    private void word(String word) throws ParseException {
        if (onlyOperands) {
            operand(word);
        } else if (looksLikeOption(word)) {
            unknown(word);
        } else if (takesMore.isPresent()) {
            take(takesMore.get(), word);
        } else {
            operandOrCommand(word);
        }
    }

    /**
     * Whether a word looks like an option. A lone dash is an operand: by custom the standard input.
     */
    private static boolean looksLikeOption(String word) {
        return word.length() > 1 && word.charAt(0) == '-';
    }

    /**
     * Handles an unknown option. The library takes {@code -eA=B} for an option {@code eA}; users
     * mean A=B for -e.
     */
    private void unknown(String word) throws ParseException {
        takesMore = Optional.empty();
        int equals = word.indexOf('=');
        if (equals > 0 && syntax.hasOption(word.substring(0, equals))) {
            String name = command.option(syntax.getOption(word.substring(0, equals))).name();
            throw new ParseException("Option '" + name + "' takes no value");
        }
        String letter = word.substring(0, 2);
        if (syntax.hasOption(letter) && syntax.getOption(letter).hasArg()) {
            take(command.option(syntax.getOption(letter)), word.substring(2));
        } else {
            unmatched(word);
        }
    }

    private void operandOrCommand(String word) throws ParseException {
        Optional<Command> named = command.command(word);
        if (named.isPresent()) {
            command = named.get();
            syntax = command.syntax();
        } else {
            operand(word);
        }
    }

    private void operand(String word) throws ParseException {
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
            throw new ParseException("Invalid " + taken.label() + ": " + e.getMessage());
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
