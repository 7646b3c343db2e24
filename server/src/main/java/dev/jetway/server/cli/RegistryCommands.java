package dev.jetway.server.cli;

import dev.jetway.base.UserFolders;
import dev.jetway.server.cli.registry.InspectCommand;
import dev.jetway.server.cli.registry.PullCommand;
import dev.jetway.server.cli.registry.PushCommand;
import dev.jetway.server.config.table.ConfigurationException;
import dev.jetway.server.registry.HostName;
import dev.jetway.server.registry.RegistrySettings;
import dev.jetway.server.registry.RemotePlace;
import dev.jetway.server.registry.StandardFolders;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.cli.ParseException;
import org.jspecify.annotations.Nullable;

/** {@code jetway pull}, {@code push} and {@code inspect}: modules that registries have. */
final class RegistryCommands {
    private final LaunchEnvironment launch;
    private final PrintWriter out;
    private final PrintWriter err;

    RegistryCommands(LaunchEnvironment launch, PrintWriter out, PrintWriter err) {
        this.launch = launch;
        this.out = out;
        this.err = err;
    }

    /**
     * The commands.
     *
     * @param parent the command above
     * @param common options of all of them
     */
    List<Command> all(String parent, List<CommandOption> common) {
        return List.of(
                pull(parent + " pull", common),
                push(parent + " push", common),
                inspect(parent + " inspect", common));
    }

    private static List<CommandOption> with(List<CommandOption> common, Choice choice) {
        var all = new ArrayList<>(common);
        all.addAll(choice.options());
        return all;
    }

    private Command pull(String path, List<CommandOption> common) {
        var choice = new Choice();
        var places = new ArrayList<RemotePlace>();
        return new Command(
                path,
                "Fetch modules from registries before a server needs them.",
                with(common, choice),
                Operands.oneOrMore(
                        "REFERENCE",
                        "oci://HOST/NAME:TAG, or https://HOST/PATH@sha256:DIGEST.",
                        text -> places.add(RemotePlace.parse(text))),
                List.of(),
                () -> new PullCommand(choice.settings(launch), out, err).run(places));
    }

    private Command push(String path, List<CommandOption> common) {
        var choice = new Choice();
        var words = new ArrayList<String>();
        return new Command(
                path,
                "Send a module to a registry.",
                with(common, choice),
                Operands.oneOrMore(
                        "FILE REFERENCE", "A file, and oci://HOST/NAME:TAG.", words::add),
                List.of(),
                () -> {
                    if (words.size() != 2) {
                        throw new ParseException("name a file and a reference");
                    }
                    return new PushCommand(choice.settings(launch), out, err)
                            .run(
                                    launch.workingDirectory().resolve(words.getFirst()),
                                    reference(words.getLast()));
                });
    }

    private Command inspect(String path, List<CommandOption> common) {
        var choice = new Choice();
        var words = new ArrayList<String>();
        return new Command(
                path,
                "Show what a registry, or a file, has for a module.",
                with(common, choice),
                Operands.oneOrMore("REFERENCE", "A reference, or a file.", words::add),
                List.of(),
                () -> {
                    if (words.size() != 1) {
                        throw new ParseException("name one reference or file");
                    }
                    String word = words.getFirst();
                    var inspect = new InspectCommand(choice.settings(launch), out, err);
                    int colon = word.indexOf(':');
                    return colon > 0 && RemotePlace.has(word.substring(0, colon))
                            ? inspect.run(reference(word))
                            : inspect.run(launch.workingDirectory().resolve(word));
                });
    }

    private static RemotePlace reference(String text) throws ParseException {
        try {
            return RemotePlace.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ParseException("Invalid REFERENCE: " + e.getMessage());
        }
    }

    /** The options that choose the settings of registries. */
    static final class Choice {
        private final Set<String> insecure = new HashSet<>();
        private @Nullable Path config;
        private @Nullable Path cache;
        private @Nullable Path credentials;
        private @Nullable Path authority;

        /** The options, which set this object's fields. */
        List<CommandOption> options() {
            return List.of(
                    CommandOption.of(
                            List.of("-c", "--config"),
                            "FILE",
                            "The configuration whose keys of registries are meant.",
                            text -> config = Path.of(text)),
                    CommandOption.of(
                            List.of("--registry-cache"),
                            "DIR",
                            "Where pulled modules are kept (default: the user's cache folder).",
                            text -> cache = Path.of(text)),
                    CommandOption.of(
                            List.of("--registry-credentials"),
                            "FILE",
                            "The file of docker login (default: Docker's own).",
                            text -> credentials = Path.of(text)),
                    CommandOption.of(
                            List.of("--registry-ca"),
                            "FILE",
                            "PEM file of a certificate authority beside those of Java.",
                            text -> authority = Path.of(text)),
                    CommandOption.each(
                            List.of("--insecure-registry"),
                            "HOST[:PORT]",
                            "A registry that may be spoken to without TLS.",
                            text -> insecure.add(HostName.checked(text))));
        }

        /** The settings: those of the options, else of the configuration, else the defaults. */
        RegistrySettings settings(LaunchEnvironment launch) throws ConfigurationException {
            RegistrySettings base =
                    config == null
                            ? new StandardFolders(
                                            new UserFolders(launch.environment()),
                                            CacheFolder.state(launch.environment()))
                                    .complete(RegistrySettings.DEFAULT)
                            : CacheFolder.reader(launch, true).read(config).server().registries();
            var hosts = new HashSet<>(base.insecure());
            hosts.addAll(insecure);
            return new RegistrySettings(
                    file(cache, launch).or(base::cache),
                    base.cacheSize(),
                    file(credentials, launch).or(base::credentials),
                    hosts,
                    file(authority, launch).or(base::authority),
                    base.movedTags(),
                    base.time());
        }

        private static Optional<Path> file(@Nullable Path option, LaunchEnvironment launch) {
            return Optional.ofNullable(option).map(launch.workingDirectory()::resolve);
        }
    }
}
