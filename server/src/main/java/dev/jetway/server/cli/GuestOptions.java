package dev.jetway.server.cli;

import dev.jetway.base.ByteSize;
import dev.jetway.base.DurationText;
import dev.jetway.sandbox.GuestLimits;
import dev.jetway.sandbox.Volume;
import dev.jetway.server.config.route.TemporaryFiles;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** The options of {@code jetway run}, named as in wasmtime where possible. */
final class GuestOptions {
    private static final String READ_ONLY = "ro";

    private final List<String> directories = new ArrayList<>();
    private final List<String> variables = new ArrayList<>();
    private final List<String> words = new ArrayList<>();
    private @Nullable String timeout;
    private @Nullable String memory;
    private @Nullable String scratch;
    private boolean cgi;

    /** The options, which set this object's fields. */
    List<CommandOption> all() {
        return List.of(
                CommandOption.each(
                        List.of("--dir"),
                        "HOST[::GUEST[::ro]]",
                        "A folder for the guest, under its own name unless GUEST is given.",
                        directories::add),
                CommandOption.each(
                        List.of("--env"),
                        "NAME[=VALUE]",
                        "A variable for the guest; without a value it gets the host's.",
                        variables::add),
                CommandOption.of(
                        List.of("--timeout"),
                        "TIME",
                        "End it after this (default: a day).",
                        text -> timeout = text),
                CommandOption.of(
                        List.of("--max-memory"),
                        "SIZE",
                        "Memory that it may have (default: 256MiB).",
                        text -> memory = text),
                CommandOption.of(
                        List.of("--scratch"),
                        "SIZE",
                        "A folder /tmp in memory for it (default: 0, none).",
                        text -> scratch = text),
                CommandOption.flag(
                        List.of("--cgi"),
                        "Give it the variables of a GET request; --env changes them.",
                        () -> cgi = true));
    }

    /** The module, and all words after it for the guest. */
    Operands operands() {
        return Operands.rest(
                "MODULE [ARG]", "A .wasm or .wat file; what follows is the guest's.", words::add);
    }

    Path module() {
        try {
            return Path.of(words.getFirst());
        } catch (InvalidPathException e) {
            throw new CommandFailure("'" + words.getFirst() + "' is not a path", e);
        }
    }

    /** The module's file name, then the words after it. */
    List<String> arguments() {
        var arguments = new ArrayList<>(words);
        arguments.set(0, String.valueOf(module().getFileName()));
        return arguments;
    }

    GuestLimits limits() {
        Duration time = timeout == null ? GuestLimits.MAX_TIME : time("--timeout", timeout);
        GuestLimits defaults = GuestLimits.DEFAULT;
        // No limit: the output goes to the developer's own terminal.
        var stderr = new ByteSize(Long.MAX_VALUE);
        try {
            return new GuestLimits(
                    time,
                    GuestLimits.MAX_TIME,
                    memory == null ? defaults.memory() : ByteSize.parse(memory),
                    stderr,
                    defaults.clientWait(),
                    scratch == null
                            ? defaults.files()
                            : defaults.files().withScratch(ByteSize.parse(scratch)));
        } catch (IllegalArgumentException e) {
            throw new CommandFailure("--timeout, --max-memory, --scratch: " + e.getMessage(), e);
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

    SequencedMap<String, String> environment(LaunchEnvironment launch) {
        SequencedMap<String, String> environment =
                cgi ? GetRequest.variables(module(), launch) : new LinkedHashMap<>();
        for (String variable : variables) {
            int equals = variable.indexOf('=');
            if (equals == 0 || variable.isEmpty()) {
                throw new CommandFailure("--env '" + variable + "': there is no name");
            }
            if (equals > 0) {
                environment.put(variable.substring(0, equals), variable.substring(equals + 1));
            } else if (launch.environment().containsKey(variable)) {
                environment.put(variable, launch.environment().getOrDefault(variable, ""));
            }
        }
        return TemporaryFiles.named(
                environment, limits().files(), volumes(launch.workingDirectory()));
    }
}
