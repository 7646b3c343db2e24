package dev.jetway.server.cli;

import dev.jetway.server.cli.text.RouteListing;
import dev.jetway.server.config.Configuration;
import dev.jetway.server.config.table.ConfigurationException;
import dev.jetway.server.config.table.Problem;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.commons.cli.ParseException;

/** The {@code jetway} program: its commands. An error is one clear line and exit code 2. */
public final class JetwayCommand {
    /** The exit code of every error. */
    public static final int ERROR = 2;

    private static final String NAME = "jetway";

    private final LaunchEnvironment launch;
    private final StandardStreams streams;
    private final PrintWriter out;
    private final PrintWriter err;
    private final ServerStarter starter;
    private boolean debug;
    private boolean help;
    private boolean versionAsked;

    private JetwayCommand(
            LaunchEnvironment launch,
            StandardStreams streams,
            PrintWriter out,
            PrintWriter err,
            ServerStarter starter) {
        this.launch = launch;
        this.streams = streams;
        this.out = out;
        this.err = err;
        this.starter = starter;
    }

    /**
     * Runs a command.
     *
     * @return the exit code of the process
     */
    public static int run(
            String[] arguments,
            LaunchEnvironment launch,
            StandardStreams streams,
            PrintWriter out,
            PrintWriter err,
            ServerStarter starter) {
        return new JetwayCommand(launch, streams, out, err, starter).run(List.of(arguments));
    }

    private int run(List<String> arguments) {
        try {
            var words = CommandLineParser.read(top(), arguments);
            Command command = words.command();
            if (help) {
                return run(() -> printHelp(command));
            }
            words.requireOperands();
            return run(command.action());
        } catch (ParseException e) {
            return misused(e);
        }
    }

    private int run(Callable<Integer> action) {
        try {
            return action.call();
        } catch (ParseException e) {
            return misused(e);
        } catch (Exception e) {
            err.println(FailureText.of(e));
            if (debug) {
                e.printStackTrace(err);
            }
            return ERROR;
        }
    }

    private int misused(ParseException e) {
        err.println("jetway: " + FailureText.firstLine(e.getMessage()) + " (see jetway help)");
        return ERROR;
    }

    private Command top() {
        var options = new ArrayList<>(common());
        options.add(
                CommandOption.flag(
                        List.of("-V", "--version"),
                        "Print the version.",
                        () -> versionAsked = true));
        return new Command(
                NAME,
                "Serves WebAssembly modules the way CGI served programs.",
                options,
                Operands.NONE,
                commands(),
                () -> {
                    if (versionAsked) {
                        return printVersion();
                    }
                    throw new ParseException("name a command");
                });
    }

    private List<Command> commands() {
        var sites = new SiteCommands(launch, out);
        var commands =
                new ArrayList<>(
                        List.of(
                                serve(),
                                up(),
                                reload(),
                                health(),
                                train(),
                                routes(),
                                guest(),
                                compile(),
                                new CacheCommand(launch, InstantSource.system(), out)
                                        .command(NAME, common())));
        commands.addAll(new RegistryCommands(launch, out, err).all(NAME, common()));
        commands.addAll(
                List.of(
                        sites.sites(NAME, common()),
                        sites.check(NAME, common()),
                        help(),
                        version()));
        return commands;
    }

    /** Options of all commands. */
    private List<CommandOption> common() {
        return List.of(
                CommandOption.flag(
                        List.of("--debug"), "Show stack traces of errors.", () -> debug = true),
                CommandOption.flag(List.of("-h", "--help"), "Show this help.", () -> help = true));
    }

    private Command command(
            String name,
            String description,
            List<CommandOption> options,
            Operands operands,
            Callable<Integer> action) {
        var all = new ArrayList<>(common());
        all.addAll(options);
        return new Command(NAME + " " + name, description, all, operands, List.of(), action);
    }

    private Command help() {
        var names = new ArrayList<String>();
        return command(
                "help",
                "Show this help, or that of a command.",
                List.of(),
                Operands.optional("COMMAND", "A command.", names::add),
                () -> printHelp(named(names)));
    }

    private int printHelp(Command command) throws IOException {
        HelpText.print(command, out);
        return 0;
    }

    private Command named(List<String> names) {
        Command top = top();
        if (names.isEmpty()) {
            return top;
        }
        String name = names.getFirst();
        return top.command(name)
                .orElseThrow(() -> new CommandFailure("there is no command '" + name + "'"));
    }

    private Command version() {
        return command(
                "version", "Print the version.", List.of(), Operands.NONE, this::printVersion);
    }

    private int printVersion() {
        out.println("Jetway " + launch.version() + " on Java " + Runtime.version().feature());
        return 0;
    }

    private Command routes() {
        var options = new ConfigurationOptions();
        return command(
                "routes",
                "Print the routes in the order that requests meet them.",
                options.all(),
                Operands.NONE,
                () -> {
                    RouteListing.print(read(options).routes(), out);
                    return 0;
                });
    }

    private Command serve() {
        var options = new ConfigurationOptions();
        return command(
                "serve",
                "Serve a configuration until stopped.",
                options.all(),
                Operands.NONE,
                () -> serve(options, launch));
    }

    private int serve(ConfigurationOptions options, LaunchEnvironment surroundings)
            throws Exception {
        Configuration configuration = read(options, surroundings);
        RootCheck.check(configuration.server(), surroundings, err);
        try (RunningServer server =
                starter.start(configuration, options.source(surroundings), out)) {
            server.awaitStop();
        }
        return 0;
    }

    private Command up() {
        var options = new UpOptions();
        return command(
                "up",
                "Serve an application of Spin until stopped, as spin up does.",
                options.all(),
                Operands.NONE,
                () -> serve(options.configuration(launch), options.launch(launch)));
    }

    private Command reload() {
        var options = new ConfigurationOptions();
        return command(
                "reload",
                "Have the running server read its configuration again.",
                options.all(),
                Operands.NONE,
                () ->
                        new AdminRequests(out, err, AdminRequests.RELOAD_TIMEOUT)
                                .reload(read(options).server().listen().admin()));
    }

    private Command health() {
        var options = new ConfigurationOptions();
        return command(
                "health",
                "Ask the running server whether it serves; for health checks of containers.",
                options.all(),
                Operands.NONE,
                () ->
                        new AdminRequests(out, err, AdminRequests.HEALTH_TIMEOUT)
                                .health(read(options).server().listen().admin()));
    }

    /** Serves for a moment so that the JVM can record its classes; for the launcher. */
    private Command train() {
        var options = new ConfigurationOptions();
        return command("train", "", options.all(), Operands.NONE, () -> train(read(options)));
    }

    private int train(Configuration sample) throws Exception {
        Path folder = Files.createTempDirectory("jetway-train-");
        try {
            Configuration configuration = Training.prepare(sample, folder, launch.processors());
            try (RunningServer server = starter.start(configuration, () -> configuration, out)) {
                new Training(InstantSource.system()).visit(server.uri(), configuration.routes());
            }
            return 0;
        } finally {
            Files.deleteIfExists(folder.resolve(Training.FILE));
            Files.delete(folder);
        }
    }

    private Command compile() {
        var options = new CacheOptions();
        var modules = new ArrayList<Path>();
        return command(
                "compile",
                "Compile modules before a server needs them.",
                options.all(),
                Operands.oneOrMore("MODULE", "Files.", word -> modules.add(Path.of(word))),
                () -> new CompileCommand(out, err).run(modules, options, launch));
    }

    private Command guest() {
        var options = new GuestOptions();
        return command(
                "run",
                "Run one guest on the terminal, in the sandbox that the server has.",
                options.all(),
                options.operands(),
                () -> new GuestCommand(launch, streams, err).run(options));
    }

    private Configuration read(ConfigurationOptions options) throws ConfigurationException {
        return read(options, launch);
    }

    private Configuration read(ConfigurationOptions options, LaunchEnvironment surroundings)
            throws ConfigurationException {
        options.refused().refuse();
        if (options.hasWasmtimeCache()) {
            err.println("--cache: warning: has no effect: compiled modules are always kept");
        }
        Configuration configuration = options.read(surroundings);
        for (Problem warning : configuration.warnings()) {
            err.println(warning);
        }
        return configuration;
    }
}
