package dev.jetway.server.cli;

import dev.jetway.server.config.Configuration;
import dev.jetway.server.config.ConfigurationException;
import dev.jetway.server.config.Problem;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code jetway}: the commands. An error is one clear line and exit code 2. */
@Command(
        name = "jetway",
        description = "Serves WebAssembly modules the way CGI served programs.",
        synopsisSubcommandLabel = "COMMAND")
public final class JetwayCommand implements Callable<Integer> {
    /** The exit code of every error. */
    public static final int ERROR = 2;

    private final Surroundings surroundings;
    private final StandardStreams streams;
    private final ServerStarter starter;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Show stack traces of errors.")
    private boolean debug;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            description = "Print the version.")
    private boolean versionAsked;

    private JetwayCommand(
            Surroundings surroundings, StandardStreams streams, ServerStarter starter) {
        this.surroundings = surroundings;
        this.streams = streams;
        this.starter = starter;
    }

    /**
     * Runs a command to its end.
     *
     * @return the exit code of the process
     */
    public static int run(
            String[] arguments,
            Surroundings surroundings,
            StandardStreams streams,
            PrintWriter out,
            PrintWriter err,
            ServerStarter starter) {
        var command = new JetwayCommand(surroundings, streams, starter);
        var line = new CommandLine(command);
        line.addSubcommand(new CacheCommand(surroundings, InstantSource.system(), out));
        line.setOut(out).setErr(err);
        // An argument that begins with @ is just that.
        line.setExpandAtFiles(false);
        // What follows the module is the guest's, whatever it looks like.
        Objects.requireNonNull(line.getSubcommands().get("run")).setStopAtPositional(true);
        line.setParameterExceptionHandler((e, args) -> {
            err.println("jetway: " + FailureText.firstLine(e.getMessage()) + " (see jetway help)");
            return ERROR;
        });
        line.setExecutionExceptionHandler((e, failed, result) -> {
            err.println(FailureText.of(e));
            if (command.debug) {
                e.printStackTrace(err);
            }
            return ERROR;
        });
        return line.execute(arguments);
    }

    @Override
    public Integer call() {
        if (versionAsked) {
            return version();
        }
        throw new CommandLine.ParameterException(spec.commandLine(), "name a command");
    }

    @Command(name = "help", description = "Show this help, or that of a command.")
    int help(
            @Parameters(paramLabel = "COMMAND", arity = "0..1", description = "A command.")
                    @Nullable String name) {
        CommandLine top = spec.commandLine();
        CommandLine shown = name == null ? top : top.getSubcommands().get(name);
        if (shown == null) {
            throw new CommandFailure("there is no command '" + name + "'");
        }
        shown.usage(out());
        return 0;
    }

    @Command(name = "version", description = "Print the version.")
    int version() {
        out().println(
                        "Jetway "
                                + surroundings.version()
                                + " on Java "
                                + Runtime.version().feature());
        return 0;
    }

    @Command(
            name = "routes",
            description = "Print the routes in the order that requests meet them.")
    int routes(@Mixin ConfigurationOptions options, @Mixin RefusedOptions refused)
            throws ConfigurationException {
        refused.refuse();
        Configuration configuration = read(options);
        RouteListing.print(configuration.routes(), out());
        return 0;
    }

    @Command(name = "serve", description = "Serve a configuration until stopped.")
    int serve(@Mixin ConfigurationOptions options, @Mixin RefusedOptions refused) throws Exception {
        refused.refuse();
        Configuration configuration = read(options);
        RootRule.check(configuration.server(), surroundings, spec.commandLine().getErr());
        try (RunningServer server = starter.start(configuration, out())) {
            server.awaitStop();
        }
        return 0;
    }

    @Command(
            name = "train",
            hidden = true,
            description = "Serve for a moment, for the JVM to remember how.")
    int train(@Mixin ConfigurationOptions options) throws Exception {
        Configuration configuration = Training.onFreePorts(read(options));
        try (RunningServer server = starter.start(configuration, out())) {
            Training.visit(server.uri(), configuration);
        }
        return 0;
    }

    @Command(name = "compile", description = "Compile modules before a server needs them.")
    int compile(
            @Mixin CacheOptions options,
            @Parameters(paramLabel = "MODULE", arity = "1..*", description = "Files.")
                    List<Path> modules)
            throws ConfigurationException {
        return new CompileCommand(out(), spec.commandLine().getErr())
                .run(modules, options, surroundings);
    }

    @Command(
            name = "run",
            description = "Run one guest on the terminal, in the sandbox that the server has.")
    int guest(@Mixin GuestOptions options) {
        return new GuestCommand(surroundings, streams, spec.commandLine().getErr()).run(options);
    }

    private Configuration read(ConfigurationOptions options) throws ConfigurationException {
        PrintWriter err = spec.commandLine().getErr();
        if (options.hasWasmtimeCache()) {
            err.println("--cache: warning: has no effect: compiled modules are always kept");
        }
        Configuration configuration = options.read(surroundings);
        for (Problem warning : configuration.warnings()) {
            err.println(warning);
        }
        return configuration;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
