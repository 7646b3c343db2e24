package dev.jetway.server.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What {@code --help} prints about a command. */
final class HelpText {
    /** Columns of a terminal. */
    static final int WIDTH = 80;

    /** Where descriptions begin. */
    private static final int COLUMN = 27;

    private final PrintWriter out;

    private HelpText(PrintWriter out) {
        this.out = out;
    }

    static void print(Command command, PrintWriter out) {
        new HelpText(out).print(command);
        out.flush();
    }

    private void print(Command command) {
        out.println("Usage: " + synopsis(command));
        out.println(command.description());
        Operands operands = command.operands();
        if (operands.most() > 0) {
            row("  " + operands(operands), operands.description());
        }
        command.options().stream()
                .filter(option -> !option.isHidden())
                .sorted(Comparator.comparing(Option::longName))
                .forEach(option -> row("  " + label(option), option.description()));
        if (!command.commands().isEmpty()) {
            out.println("Commands:");
        }
        for (Command inner : command.commands()) {
            if (!inner.isHidden()) {
                row("  " + inner.name(), inner.description());
            }
        }
    }

    private static String synopsis(Command command) {
        String synopsis = command.path() + " [OPTION]...";
        if (!command.commands().isEmpty()) {
            synopsis += " COMMAND";
        }
        Operands operands = command.operands();
        return operands.most() > 0 ? synopsis + " " + operands(operands) : synopsis;
    }

    private static String operands(Operands operands) {
        String label = operands.least() == 0 ? "[" + operands.label() + "]" : operands.label();
        return operands.most() > 1 ? label + "..." : label;
    }

    private static String label(Option option) {
        String names = String.join(", ", option.names());
        String label = option.names().getFirst().startsWith("--") ? "    " + names : names;
        return switch (option.values()) {
            case NONE -> label;
            case ONE, ONE_EACH -> label + "=" + option.label();
            case SEVERAL -> label + "=" + option.label() + "...";
        };
    }

    /** Two columns; a first one that is too wide has a line of its own. */
    private void row(String first, String second) {
        List<String> lines = lines(second);
        if (first.length() >= COLUMN) {
            out.println(first);
        } else {
            out.println(first + " ".repeat(COLUMN - first.length()) + lines.removeFirst());
        }
        lines.forEach(line -> out.println(" ".repeat(COLUMN) + line));
    }

    private static List<String> lines(String text) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && COLUMN + line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
