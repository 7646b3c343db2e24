package dev.jetway.server.cli;

import dev.jetway.server.cli.text.JsonText;
import dev.jetway.server.config.Configuration;
import dev.jetway.server.config.ConfigurationReader;
import dev.jetway.server.config.table.ConfigurationException;
import dev.jetway.server.config.table.Problem;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** {@code jetway check}: reports all problems of a configuration, as text or JSON. */
final class CheckCommand {
    private final ConfigurationReader reader;
    private final PrintWriter out;

    CheckCommand(ConfigurationReader reader, PrintWriter out) {
        this.reader = reader;
        this.out = out;
    }

    /**
     * Reads a configuration and reports its problems.
     *
     * @return the exit code
     */
    int run(Path configuration, boolean json) {
        List<Problem> problems = problems(configuration);
        boolean good = problems.stream().noneMatch(p -> p.severity() == Problem.Severity.ERROR);
        if (json) {
            out.println(json(good, problems));
        } else {
            problems.forEach(out::println);
            out.println(summary(problems.size()));
        }
        out.flush();
        return good ? 0 : JetwayCommand.ERROR;
    }

    private List<Problem> problems(Path configuration) {
        try {
            Configuration read = reader.read(configuration);
            return read.warnings();
        } catch (ConfigurationException e) {
            return e.problems();
        }
    }

    private static String summary(int problems) {
        return switch (problems) {
            case 0 -> "nothing is wrong";
            case 1 -> "1 problem";
            default -> problems + " problems";
        };
    }

    private static String json(boolean good, List<Problem> problems) {
        return problems.stream()
                .map(CheckCommand::json)
                .collect(Collectors.joining(",", "{\"good\":" + good + ",\"problems\":[", "]}"));
    }

    private static String json(Problem problem) {
        boolean error = problem.severity() == Problem.Severity.ERROR;
        return "{\"file\":%s,\"line\":%d,\"severity\":\"%s\",\"message\":%s}"
                .formatted(
                        JsonText.quoted(problem.position().file()),
                        problem.position().line(),
                        error ? "error" : "warning",
                        JsonText.quoted(problem.message()));
    }
}
