package dev.jetway.server.cli;

import dev.jetway.server.config.spin.SpinReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The options of {@code jetway up}: those of {@code spin up} under their names. */
final class UpOptions {
    private static final String LISTEN = "127.0.0.1:3000";

    /** Any free port, so that several applications can be served at once. */
    private static final String ADMIN = "127.0.0.1:0";

    /** Levels of folders that are searched for a manifest, as in Spin. */
    private static final int MAX_LEVELS = 20;

    private static final Set<String> NOT_OFFERED = Set.of("--config", "--cache", "--log-dir");

    /** Spin's variables for options, and the names that {@link ConfigurationOptions} knows. */
    private static final Map<String, String> SAME =
            Map.of(
                    "SPIN_TLS_CERT", "WAGI_TLS_CERT",
                    "SPIN_TLS_KEY", "WAGI_TLS_KEY",
                    "SPIN_LOG_DIR", "WAGI_LOG_DIR");

    private final ConfigurationOptions configuration = new ConfigurationOptions();
    private final Map<String, String> variables = new HashMap<>();
    private final List<String> refused = new ArrayList<>();
    private @Nullable Path from;

    /** The options, which set this object's fields. */
    List<CommandOption> all() {
        var all = new ArrayList<CommandOption>();
        for (CommandOption option : configuration.all()) {
            if (option.name().equals("--log-dir")) {
                all.add(
                        CommandOption.of(
                                List.of("-L", "--log-dir"),
                                "DIR",
                                "Where the standard error of programs goes, a file a route.",
                                option.taker()));
            } else if (option.name().equals("--listen")) {
                all.add(
                        CommandOption.of(
                                List.of("--listen"),
                                "HOST:PORT",
                                "Where to listen (default: " + LISTEN + ").",
                                option.taker()));
            } else if (!option.isHidden() && !NOT_OFFERED.contains(option.name())) {
                all.add(option);
            }
        }
        all.addAll(ofSpin());
        all.addAll(withoutEffect());
        all.addAll(refusedOnes());
        return all;
    }

    private List<CommandOption> ofSpin() {
        return List.of(
                CommandOption.of(
                        List.of("-f", "--from"),
                        "FILE",
                        "A spin.toml or its folder (default: here, else in a folder above).",
                        text -> from = Path.of(text)),
                CommandOption.of(List.of("--from-file"), "FILE", "", text -> from = Path.of(text)),
                CommandOption.each(
                        List.of("--variable"),
                        "NAME=VALUE",
                        "A variable of the application; wins over SPIN_VARIABLE_NAME.",
                        this::variable));
    }

    private void variable(String pair) {
        int equals = pair.indexOf('=');
        if (equals <= 0) {
            throw new IllegalArgumentException("write NAME=VALUE");
        }
        variables.put(
                SpinReader.VARIABLES + pair.substring(0, equals).toUpperCase(Locale.ROOT),
                pair.substring(equals + 1));
    }

    /** Options that change nothing a client or a program can see. */
    private static List<CommandOption> withoutEffect() {
        return List.of(
                CommandOption.flag(List.of("-q", "--quiet"), "", () -> {}),
                CommandOption.flag(List.of("--disable-cache"), "", () -> {}),
                CommandOption.flag(List.of("--disable-pooling"), "", () -> {}),
                CommandOption.flag(List.of("--truncate-logs"), "", () -> {}),
                CommandOption.each(List.of("--follow"), "ID", "", _ -> {}),
                CommandOption.of(List.of("--cache"), "FILE", "", _ -> {}),
                CommandOption.of(List.of("--cache-dir"), "DIR", "", _ -> {}),
                CommandOption.of(List.of("--temp"), "DIR", "", _ -> {}));
    }

    private List<CommandOption> refusedOnes() {
        String stores = "key-value stores and databases are not offered";
        return List.of(
                refused(
                        "--direct-mounts",
                        "files are always copied: for a folder as it is, write a modules.toml"),
                refused(
                        "--allow-transient-write",
                        "programs cannot write to copies: for a writable folder, write a"
                                + " modules.toml"),
                refused("--build", "build the application first: spin build"),
                refusedWithValue(List.of("-c", "--component-id"), "all components are served"),
                refusedWithValue(List.of("--profile"), "profiles are not offered"),
                refusedWithValue(
                        List.of("--from-registry"),
                        "applications from registries are not offered yet: name a spin.toml"),
                refusedWithValue(List.of("--runtime-config-file"), stores),
                refusedWithValue(List.of("--key-value"), stores),
                refusedWithValue(List.of("--sqlite"), stores),
                refusedWithValue(List.of("--state-dir"), stores));
    }

    private CommandOption refused(String name, String why) {
        return CommandOption.flag(List.of(name), "", () -> refused.add(name + ": " + why));
    }

    private CommandOption refusedWithValue(List<String> names, String why) {
        return CommandOption.each(
                names, "VALUE", "", _ -> refused.add(names.getLast() + ": " + why));
    }

    /**
     * The options that make the configuration.
     *
     * @throws CommandFailure if an option is refused, or there is no manifest
     */
    ConfigurationOptions configuration(LaunchEnvironment launch) {
        if (!refused.isEmpty()) {
            throw new CommandFailure(refused.getFirst());
        }
        String listen = launch.environment().getOrDefault("SPIN_HTTP_LISTEN_ADDR", LISTEN);
        configuration.standard(manifest(launch.workingDirectory()), listen, ADMIN);
        return configuration;
    }

    /** The environment with the variables of the command line, and Spin's under our names. */
    LaunchEnvironment launch(LaunchEnvironment launch) {
        var all = new HashMap<>(variables);
        SAME.forEach((spin, ours) -> {
            String value = launch.environment().get(spin);
            if (value != null) {
                all.put(ours, value);
            }
        });
        return launch.with(all);
    }

    private Path manifest(Path here) {
        if (from == null) {
            return search(here)
                    .orElseThrow(() ->
                            new CommandFailure(
                                    "there is no spin.toml here or in a folder above: name one"
                                            + " with --from"));
        }
        Path named = here.resolve(from);
        Path manifest = Files.isDirectory(named) ? from.resolve(SpinReader.FILE) : from;
        if (!Files.isRegularFile(here.resolve(manifest))) {
            throw new CommandFailure(
                    "--from: there is no file "
                            + manifest
                            + ": name a spin.toml or its folder (applications from registries are"
                            + " not offered yet)");
        }
        return manifest;
    }

    /** The manifest of this folder or of one above, up to the top of a repository of Git. */
    private static Optional<Path> search(Path here) {
        Path folder = here.toAbsolutePath().normalize();
        for (int level = 0; level < MAX_LEVELS && folder != null; level++) {
            Path manifest = folder.resolve(SpinReader.FILE);
            if (Files.isRegularFile(manifest)) {
                return Optional.of(level == 0 ? Path.of(SpinReader.FILE) : manifest);
            }
            if (Files.isDirectory(folder.resolve(".git"))) {
                break;
            }
            folder = folder.getParent();
        }
        return Optional.empty();
    }
}
