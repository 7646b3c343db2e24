package dev.jetway.server.cli;

import dev.jetway.sandbox.GuestLimits;
import dev.jetway.sandbox.Volume;
import dev.jetway.server.config.DurationText;
import dev.jetway.unit.ByteSize;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code jetway run} takes: wasmtime's words, where it has some. */
final class GuestOptions {
    private static final String READ_ONLY = "ro";

    @Option(
            names = "--dir",
            paramLabel = "HOST[::GUEST[::ro]]",
            description = "A folder for the guest, under its own name unless GUEST is given.")
    private List<String> directories = new ArrayList<>();

    @Option(
            names = "--env",
            paramLabel = "NAME[=VALUE]",
            description = "A variable for the guest; without a value it gets the host's.")
    private List<String> variables = new ArrayList<>();

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            description = "End it after this (default: a day).")
    private @Nullable String timeout;

    @Option(
            names = "--max-memory",
            paramLabel = "SIZE",
            description = "Memory that it may have (default: 256MiB).")
    private @Nullable String memory;

    @Option(
            names = "--cgi",
            description = "Give it the variables of a GET request; --env changes them.")
    private boolean cgi;

    @Parameters(
            arity = "1..*",
            paramLabel = "MODULE [ARG]",
            description = "A .wasm or .wat file; what follows is the guest's.")
    private List<String> words = new ArrayList<>();

    Path module() {
        try {
            return Path.of(words.getFirst());
        } catch (InvalidPathException e) {
            throw new CommandFailure("'" + words.getFirst() + "' is not a path", e);
        }
    }

    /** The module's file name, then what the user wrote after it. */
    List<String> arguments() {
        var arguments = new ArrayList<>(words);
        arguments.set(0, String.valueOf(module().getFileName()));
        return arguments;
    }

    GuestLimits limits() {
        Duration time = timeout == null ? GuestLimits.MAX_TIME : time("--timeout", timeout);
        GuestLimits defaults = GuestLimits.DEFAULT;
        // The developer's own terminal takes what the guest has to say.
        var stderr = new ByteSize(Long.MAX_VALUE);
        try {
            return new GuestLimits(
                    time,
                    GuestLimits.MAX_TIME,
                    memory == null ? defaults.memory() : ByteSize.parse(memory),
                    stderr,
                    defaults.clientWait(),
                    defaults.files());
        } catch (IllegalArgumentException e) {
            throw new CommandFailure("--timeout, --max-memory: " + e.getMessage(), e);
        }
    }

    private static Duration time(String option, String text) {
        try {
            return DurationText.parse(text);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(option + ": " + e.getMessage(), e);
        }
    }

    List<Volume> volumes(Path workingDirectory) {
        return directories.stream().map(d -> volume(d, workingDirectory)).toList();
    }

    private static Volume volume(String text, Path workingDirectory) {
        String[] parts = text.split("::", -1);
        boolean readOnly = parts.length == 3 && parts[2].equals(READ_ONLY);
        if (parts.length > 3 || (parts.length == 3 && !readOnly)) {
            throw new CommandFailure(
                    "--dir '" + text + "': write HOST, HOST::GUEST or" + " HOST::GUEST::ro");
        }
        String guest = parts.length == 1 ? parts[0] : parts[1];
        if (parts[0].isEmpty() || guest.isEmpty()) {
            throw new CommandFailure("--dir '" + text + "': a folder needs a name on both sides");
        }
        try {
            Path host = workingDirectory.resolve(parts[0]);
            if (!Files.isDirectory(host)) {
                throw new CommandFailure("--dir '" + text + "': there is no such folder");
            }
            return new Volume(guest, host, readOnly);
        } catch (InvalidPathException e) {
            throw new CommandFailure("--dir '" + text + "': is not a path", e);
        }
    }

    SequencedMap<String, String> environment(Surroundings surroundings) {
        SequencedMap<String, String> environment =
                cgi ? GetRequest.variables(module(), surroundings) : new LinkedHashMap<>();
        for (String variable : variables) {
            int equals = variable.indexOf('=');
            if (equals == 0 || variable.isEmpty()) {
                throw new CommandFailure("--env '" + variable + "': there is no name");
            }
            if (equals > 0) {
                environment.put(variable.substring(0, equals), variable.substring(equals + 1));
            } else if (surroundings.environment().containsKey(variable)) {
                environment.put(variable, surroundings.environment().getOrDefault(variable, ""));
            }
        }
        return environment;
    }
}
