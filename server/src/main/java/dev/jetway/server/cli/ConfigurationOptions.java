package dev.jetway.server.cli;

import dev.jetway.base.SourcePosition;
import dev.jetway.route.Action;
import dev.jetway.route.Action.Refuse;
import dev.jetway.route.Dialect;
import dev.jetway.route.Route;
import dev.jetway.route.RunModule;
import dev.jetway.route.RunScript;
import dev.jetway.route.ScriptHandler;
import dev.jetway.route.ServeFolder;
import dev.jetway.server.config.Configuration;
import dev.jetway.server.config.ConfigurationReader;
import dev.jetway.server.config.ConfigurationSource;
import dev.jetway.server.config.HostText;
import dev.jetway.server.config.Listen;
import dev.jetway.server.config.ListenAddress;
import dev.jetway.server.config.ServerSettings;
import dev.jetway.server.config.TlsSettings;
import dev.jetway.server.config.table.ConfigurationException;
import dev.jetway.server.config.table.Problem;
import dev.jetway.server.tls.TlsIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The options that make a configuration: Wagi's under their own names, and further ones. */
final class ConfigurationOptions {
    private static final String LOG_DIRECTORY = "WAGI_LOG_DIR";
    private static final String TLS_CERTIFICATE = "WAGI_TLS_CERT";
    private static final String TLS_KEY = "WAGI_TLS_KEY";

    private final RefusedOptions refused = new RefusedOptions();
    private final List<String> env = new ArrayList<>();
    private final List<Path> envFiles = new ArrayList<>();
    private @Nullable ConfigurationReader reader;
    private @Nullable Path config;
    private @Nullable String listen;
    private @Nullable String adminListen;
    private @Nullable String hostname;
    private @Nullable Path moduleCache;
    private @Nullable Path logDirectory;
    private @Nullable Path tlsCertificate;
    private @Nullable Path tlsKey;
    private @Nullable Path wasmtimeCache;

    /** The options, which set this object's fields. */
    List<CommandOption> all() {
        var all = new ArrayList<>(refused.all());
        all.addAll(addresses());
        all.addAll(variables());
        all.addAll(files());
        return all;
    }

    private List<CommandOption> addresses() {
        return List.of(
                CommandOption.of(
                        List.of("-l", "--listen"),
                        "HOST:PORT",
                        "Where to listen (default: 127.0.0.1:8080).",
                        text -> listen = text),
                CommandOption.of(
                        List.of("--admin-listen"),
                        "HOST:PORT",
                        "Where metrics and health are served (default: 127.0.0.1:9090).",
                        text -> adminListen = text),
                CommandOption.of(
                        List.of("--hostname"),
                        "HOST[:PORT]",
                        "SERVER_NAME and SERVER_PORT of requests without a Host field.",
                        text -> hostname = text));
    }

    private List<CommandOption> variables() {
        return List.of(
                CommandOption.several(
                        List.of("-e", "--env"),
                        "NAME=VALUE",
                        "Environment variables for all modules.",
                        env::add),
                CommandOption.several(
                        List.of("--env-file"),
                        "FILE",
                        "Files of NAME=VALUE lines; --env wins over them.",
                        text -> envFiles.add(Path.of(text))));
    }

    private List<CommandOption> files() {
        return List.of(
                CommandOption.of(
                        List.of("-c", "--config"),
                        "FILE",
                        "A modules.toml, or a folder with one (default: conf).",
                        text -> config = Path.of(text)),
                CommandOption.of(
                        List.of("--module-cache"),
                        "DIR",
                        "Where compiled modules are kept (default: the user's cache folder).",
                        text -> moduleCache = Path.of(text)),
                CommandOption.of(
                        List.of("--log-dir"),
                        "DIR",
                        "Where the standard error of modules goes, a file a route.",
                        text -> logDirectory = Path.of(text)),
                CommandOption.of(
                        List.of("--tls-cert"),
                        "FILE",
                        "PEM file with the certificate and its chain; needs --tls-key.",
                        text -> tlsCertificate = Path.of(text)),
                CommandOption.of(
                        List.of("--tls-key"),
                        "FILE",
                        "PEM file with the key; needs --tls-cert.",
                        text -> tlsKey = Path.of(text)),
                CommandOption.of(
                        List.of("--cache"),
                        "FILE",
                        "Accepted for Wagi's sake: Jetway needs no Wasmtime cache file.",
                        text -> wasmtimeCache = Path.of(text)));
    }

    /** Reads this file, and listens at these addresses unless the options name others. */
    void standard(Path file, String address, String admin) {
        config = file;
        listen = listen == null ? address : listen;
        adminListen = adminListen == null ? admin : adminListen;
    }

    /** The options that are refused. */
    RefusedOptions refused() {
        return refused;
    }

    /** The files overridden by the options; unchanged sites are not read again. */
    synchronized Configuration read(LaunchEnvironment launch) throws ConfigurationException {
        if (reader == null) {
            reader = CacheFolder.reader(launch, false);
        }
        Configuration read = reader.read(config == null ? standard(launch) : config);
        SequencedMap<String, String> variables =
                EnvironmentOptions.read(env, envFiles, launch.workingDirectory());
        return read.withServer(settings(read.server(), launch))
                .withRoutes(read.routes().stream().map(r -> with(variables, r)).toList());
    }

    /** A source that calls {@link #read} again, with the same options. */
    ConfigurationSource source(LaunchEnvironment launch) {
        return () -> {
            try {
                return read(launch);
            } catch (CommandFailure e) {
                throw new ConfigurationException(
                        List.of(
                                new Problem(
                                        Problem.Severity.ERROR,
                                        new SourcePosition("command line", 0),
                                        String.valueOf(e.getMessage()))));
            }
        };
    }

    /** Whether Wagi's {@code --cache} was given. */
    boolean hasWasmtimeCache() {
        return wasmtimeCache != null;
    }

    static Path standard(LaunchEnvironment launch) {
        Path here = Path.of("conf");
        return Files.isDirectory(launch.workingDirectory().resolve(here))
                ? here
                : launch.home().resolve(here);
    }

    private ServerSettings settings(ServerSettings base, LaunchEnvironment launch) {
        Path from = launch.workingDirectory();
        Optional<Path> cache =
                Optional.ofNullable(moduleCache)
                        .map(from::resolve)
                        .or(base.modules()::cache)
                        .or(() -> CacheFolder.of(launch.environment()));
        Optional<Path> logs = file(logDirectory, LOG_DIRECTORY, launch);
        return base.with(listen(base.listen(), launch))
                .with(cache.map(base.modules()::withCache).orElse(base.modules()))
                .with(logs.map(base.guests()::withLogDirectory).orElse(base.guests()));
    }

    private Listen listen(Listen base, LaunchEnvironment launch) {
        Listen changed = base;
        changed =
                parsed("--listen", listen, ListenAddress::parse)
                        .map(changed::withAddress)
                        .orElse(changed);
        changed =
                parsed("--admin-listen", adminListen, ListenAddress::parse)
                        .map(changed::withAdmin)
                        .orElse(changed);
        changed = tls(launch).map(changed::withTls).orElse(changed);
        return parsed("--hostname", hostname, HostText::hostname)
                .map(changed::withHostname)
                .orElse(changed);
    }

    /** Wagi's certificate and key: each needs the other; the address for requests then uses TLS. */
    private Optional<TlsSettings> tls(LaunchEnvironment launch) {
        Optional<Path> certificate = file(tlsCertificate, TLS_CERTIFICATE, launch);
        Optional<Path> key = file(tlsKey, TLS_KEY, launch);
        if (certificate.isEmpty() && key.isEmpty()) {
            return Optional.empty();
        }
        if (certificate.isEmpty() || key.isEmpty()) {
            throw new CommandFailure("--tls-cert and --tls-key need each other");
        }
        try {
            return Optional.of(
                    TlsSettings.of(
                            TlsIdentity.read(certificate.get(), key.get()), Optional.empty()));
        } catch (IllegalArgumentException e) {
            throw new CommandFailure("TLS: " + e.getMessage(), e);
        }
    }

    private static Optional<Path> file(
            @Nullable Path option, String variable, LaunchEnvironment launch) {
        return Optional.ofNullable(option)
                .or(() ->
                        Optional.ofNullable(launch.environment().get(variable))
                                .filter(v -> !v.isEmpty())
                                .map(Path::of))
                .map(launch.workingDirectory()::resolve);
    }

    private static <T> Optional<T> parsed(
            String option, @Nullable String text, Function<String, T> parser) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(parser.apply(text));
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(option + ": " + e.getMessage(), e);
        }
    }

    /** A route's own variable wins over one for all modules, but in Spin's dialect. */
    private static Route with(SequencedMap<String, String> variables, Route route) {
        if (variables.isEmpty()) {
            return route;
        }
        Action action =
                switch (route.action()) {
                    case RunModule run -> with(variables, run);
                    case RunScript script ->
                            new RunScript(with(variables, script.handler()), script.script());
                    case ServeFolder folder ->
                            folder.with(
                                    folder.handlers().stream()
                                            .map(handler -> with(variables, handler))
                                            .toList(),
                                    with(variables, folder.programs()));
                    case Refuse refuse -> refuse;
                };
        return route.with(route.pattern(), action);
    }

    private static SequencedMap<String, RunModule> with(
            SequencedMap<String, String> variables, SequencedMap<String, RunModule> programs) {
        var changed = new LinkedHashMap<String, RunModule>();
        programs.forEach((path, run) -> changed.put(path, with(variables, run)));
        return changed;
    }

    private static ScriptHandler with(
            SequencedMap<String, String> variables, ScriptHandler handler) {
        return new ScriptHandler(
                handler.name(),
                handler.extensions(),
                handler.argv(),
                with(variables, handler.run()));
    }

    private static RunModule with(SequencedMap<String, String> variables, RunModule run) {
        // In Spin a variable for all programs wins.
        boolean spin = run.rules().dialect() == Dialect.SPIN;
        var merged = new LinkedHashMap<>(spin ? run.environment() : variables);
        merged.putAll(spin ? variables : run.environment());
        return run.withEnvironment(merged);
    }
}
