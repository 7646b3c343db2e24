package dev.jetway.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.cli.ParseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CommandLineParserTest {
    private final List<String> taken = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "go --file a, file a",
        "go --file=a, file a",
        "go --file=a=b, file a=b",
        "go --file=, 'file '",
        "go -f a, file a",
        "go -fa, file a",
        "go -f=a, file a",
        "go -fa=b, file a=b",
        "go -vwf a, verbose;wordy;file a",
        "go -vfa, verbose;file a",
        "go -v -v, verbose;verbose",
        "-v go -w, verbose;wordy",
        "go --each a --each=b, each a;each b",
        "go --several a b c -v, several a;several b;several c;verbose",
        "go --several a -v b, several a;verbose;operand b",
        "go --several a -- b, several a;operand b",
        "go --several=a b --several c, several a;several b;several c",
        "go --file -x, file -x",
        "go --file 'a', file 'a'",
        "go -file a, file a",
        "go a -v b, operand a;verbose;operand b",
        "go - a, operand -;operand a",
        "go -- -v --, operand -v;operand --",
        "go go, operand go",
        "rest -v a -v --file b -- c, verbose;operand a;operand -v;operand --file;operand b;operand --;operand c"
    })
    void valuesAreGivenToTheirOptions(String line, String expected) throws ParseException {
        read(line);

        assertThat(String.join(";", taken)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "'go --file', Missing required parameter for option '--file' (FILE)",
        "go --file -v, Missing required parameter for option '--file' (FILE)",
        "go --file --each=a, Missing required parameter for option '--file' (FILE)",
        "go --file --, Missing required parameter for option '--file' (FILE)",
        "go --several -v, Missing required parameter for option '--several' (WORD)",
        "go --file a -f b, Option '--file' is given more than once",
        "go --verbose=yes, Option '--verbose' takes no value",
        "go -v=yes, Option '--verbose' takes no value",
        "go --several a -x b, Unknown option: '-x'",
        "go -vfa=b, Unknown option: '-vfa=b'",
        "go --fil a, Unknown option: '--fil'",
        "go -x, Unknown option: '-x'",
        "go -vx, Unknown option: '-vx'",
        "none -x a, 'Unknown options: ''-x'', ''a'''",
        "none a, Unmatched argument at index 1: 'a'",
        "'none a b', 'Unmatched arguments from index 1: ''a'', ''b'''",
        "nothing, Unmatched argument at index 0: 'nothing'",
        "go --bad 1, Invalid value for option '--bad': 1 is bad",
        "go bad, Invalid OPERAND: it is bad"
    })
    void unknownWordsAreNamed(String line, String message) {
        assertThatThrownBy(() -> read(line)).isInstanceOf(ParseException.class).hasMessage(message);
    }

    @Test
    void theInnermostCommandIsRun() throws ParseException {
        assertThat(read("").command().path()).isEqualTo("top");
        assertThat(read("-v go a").command().path()).isEqualTo("top go");
        assertThat(read("outer inner").command().path()).isEqualTo("top outer inner");
    }

    @Test
    void missingOperandsAreReported() throws ParseException {
        read("go a").requireOperands();
        assertThatThrownBy(() -> read("go").requireOperands())
                .isInstanceOf(ParseException.class)
                .hasMessage("Missing required parameter: 'OPERAND'");
    }

    private CommandLineParser read(String line) throws ParseException {
        return CommandLineParser.read(
                top(), line.isEmpty() ? List.of() : List.of(line.split(" ", -1)));
    }

    private Command top() {
        List<CommandOption> flags =
                List.of(
                        CommandOption.flag(
                                List.of("-v", "--verbose"), "V.", () -> taken.add("verbose")),
                        CommandOption.flag(List.of("-w"), "W.", () -> taken.add("wordy")));
        var options = new ArrayList<>(flags);
        options.add(
                CommandOption.of(
                        List.of("-f", "--file"), "FILE", "F.", w -> taken.add("file " + w)));
        options.add(
                CommandOption.each(List.of("--each"), "WORD", "E.", w -> taken.add("each " + w)));
        options.add(
                CommandOption.several(
                        List.of("--several"), "WORD", "S.", w -> taken.add("several " + w)));
        options.add(
                CommandOption.of(
                        List.of("--bad"),
                        "WORD",
                        "B.",
                        w -> {
                            throw new IllegalArgumentException(w + " is bad");
                        }));
        return command(
                "top",
                flags,
                Operands.NONE,
                command("top go", options, Operands.oneOrMore("OPERAND", "O.", this::operand)),
                command("top rest", options, Operands.rest("OPERAND", "O.", this::operand)),
                command("top none", flags, Operands.NONE),
                command(
                        "top outer",
                        flags,
                        Operands.NONE,
                        command("top outer inner", flags, Operands.NONE)));
    }

    private void operand(String word) {
        if (word.equals("bad")) {
            throw new IllegalArgumentException("it is bad");
        }
        taken.add("operand " + word);
    }

    private static Command command(
            String path, List<CommandOption> options, Operands operands, Command... commands) {
        return new Command(path, "C.", options, operands, List.of(commands), () -> 0);
    }
}
