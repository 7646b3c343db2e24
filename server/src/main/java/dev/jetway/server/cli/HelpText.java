package dev.jetway.server.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Comparator;
import org.apache.commons.cli.help.OptionFormatter;
import org.apache.commons.cli.help.TextHelpAppendable;
import org.apache.commons.cli.help.TextStyle;

/** The text of {@code --help} for a command. */
final class HelpText {
    /** Columns of a line. */
    static final int WIDTH = 80;

    /** The column of descriptions. */
    private static final int COLUMN = 27;

    private static final TextStyle STYLE =
            TextStyle.builder().setMaxWidth(WIDTH).setIndent(COLUMN).get();

    private final TextHelpAppendable out;

    private HelpText(TextHelpAppendable out) {
        this.out = out;
    }

    static void print(Command command, PrintWriter out) throws IOException {
        new HelpText(new TextHelpAppendable(out)).print(command);
        out.flush();
    }

    private void print(Command command) throws IOException {
        line("Usage: " + synopsis(command));
        line(command.description());
        Operands operands = command.operands();
        if (operands.most() > 0) {
            row(operands(operands), operands.description());
        }
        for (CommandOption option :
                command.options().stream()
                        .filter(option -> !option.isHidden())
                        .sorted(Comparator.comparing(CommandOption::name))
                        .toList()) {
            row(label(option), option.syntax().getDescription());
        }
        if (!command.commands().isEmpty()) {
            line("Commands:");
        }
        for (Command inner : command.commands()) {
            if (!inner.isHidden()) {
                row(inner.name(), inner.description());
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

    private static String label(CommandOption option) {
        var syntax = option.syntax();
        String names = OptionFormatter.builder().setOptSeparator(", ").build(syntax).getBothOpt();
        String label = syntax.getOpt() == null ? "    " + names : names;
        if (!syntax.hasArg()) {
            return label;
        }
        label += "=" + syntax.getArgName();
        return option.times() == CommandOption.Times.SEVERAL ? label + "..." : label;
    }

    /** Writes two columns; a first one that is too wide gets a line of its own. */
    private void row(String first, String second) throws IOException {
        String begin = "  " + first;
        if (begin.length() >= COLUMN) {
            line(begin);
            begin = "";
        }
        line(begin + " ".repeat(COLUMN - begin.length()) + second);
    }

    private void line(String text) throws IOException {
        out.printWrapped(text, STYLE);
    }
}
