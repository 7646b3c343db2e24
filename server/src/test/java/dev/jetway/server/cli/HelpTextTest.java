package dev.jetway.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HelpTextTest {
    @Test
    void aCommandIsShownWithItsOperandsAndItsOptionsByName() throws IOException {
        var command =
                new Command(
                        "top go",
                        "Goes.",
                        List.of(
                                CommandOption.several(
                                        List.of("--several"), "WORD", "Some words.", _ -> {}),
                                CommandOption.of(
                                        List.of("-f", "--file"), "FILE", "A file.", _ -> {}),
                                CommandOption.of(List.of("--hidden"), "FILE", "", _ -> {}),
                                CommandOption.flag(List.of("--all"), "All of them.", () -> {})),
                        Operands.oneOrMore("MODULE", "Modules.", _ -> {}),
                        List.of(),
                        () -> 0);

        assertThat(print(command))
                .isEqualTo(
                        """
                        Usage: top go [OPTION]... MODULE...
                        Goes.
                          MODULE...                Modules.
                              --all                All of them.
                          -f, --file=FILE          A file.
                              --several=WORD...    Some words.
                        """);
    }

    @Test
    void theCommandsOfACommandAreListedUnlessTheyAreHidden() throws IOException {
        var inner = new Command("top a b", "Does b.", List.of(), Operands.NONE, List.of(), () -> 0);
        var hidden = new Command("top a c", "", List.of(), Operands.NONE, List.of(), () -> 0);
        var command =
                new Command(
                        "top a",
                        "Does a.",
                        List.of(),
                        Operands.optional("NAME", "A name.", _ -> {}),
                        List.of(inner, hidden),
                        () -> 0);

        assertThat(print(command))
                .isEqualTo(
                        """
                        Usage: top a [OPTION]... COMMAND [NAME]
                        Does a.
                          [NAME]                   A name.
                        Commands:
                          b                        Does b.
                        """);
    }

    @Test
    void descriptionsAreWrapped() throws IOException {
        String fits = "x".repeat(HelpText.WIDTH - 27 - 4) + " yyy";

        assertThat(print(described(fits))).contains("                           " + fits + "\n");
        assertThat(print(described(fits + "y"))).contains("xxx\n                           yyyy\n");
    }

    private static Command described(String description) {
        return new Command(
                "top",
                "Does.",
                List.of(
                        CommandOption.of(
                                List.of("--with-a-very-long-name"), "VALUE", description, _ -> {})),
                Operands.NONE,
                List.of(),
                () -> 0);
    }

    private static String print(Command command) throws IOException {
        var text = new StringWriter();
        HelpText.print(command, new PrintWriter(text));
        return text.toString().replace(System.lineSeparator(), "\n");
    }
}
