package dev.jetway.server.cli;

import dev.jetway.base.LogText;
import dev.jetway.module.ModuleCacheSettings;
import dev.jetway.module.ModuleCheck;
import dev.jetway.module.source.ModuleReference;
import dev.jetway.route.ModuleRoute;
import dev.jetway.route.Route;
import dev.jetway.server.cli.text.JsonText;
import dev.jetway.server.config.Configuration;
import dev.jetway.server.config.ConfigurationReader;
import dev.jetway.server.config.table.ConfigurationException;
import dev.jetway.server.config.table.Problem;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;

/**
 * {@code jetway check}: reports all problems of a configuration and of the modules that its routes
 * name, as text or JSON.
 */
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
    int run(Path configuration, boolean json) throws InterruptedException {
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

    private List<Problem> problems(Path configuration) throws InterruptedException {
        try {
            Configuration read = reader.read(configuration);
            var problems = new ArrayList<>(read.warnings());
            problems.addAll(modules(read.routes()));
            return problems;
        } catch (ConfigurationException e) {
            return e.problems();
        }
    }

    /** Faults of modules, each at the first route that names it. */
    private static List<Problem> modules(List<Route> routes) throws InterruptedException {
        var seen = new HashSet<ModuleReference>();
        var problems = new ArrayList<Problem>();
        for (ModuleRoute route : ModuleRoute.among(routes).toList()) {
            ModuleReference module = route.action().module();
            // Nothing is transferred from another machine just to be looked at.
            if (seen.add(module) && module.isLocal()) {
                ModuleCheck.fault(module, ModuleCacheSettings.MODULE_LIMIT)
                        .ifPresent(fault -> problems.add(problem(route, fault)));
            }
        }
        return problems;
    }

    private static Problem problem(ModuleRoute route, String fault) {
        return new Problem(
                Problem.Severity.ERROR,
                route.route().position(),
                "the module " + LogText.escape(route.action().module().toString()) + ": " + fault);
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
