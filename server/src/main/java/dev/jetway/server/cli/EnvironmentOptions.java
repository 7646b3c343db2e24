package dev.jetway.server.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Wagi's {@code --env} and {@code --env-file}: {@code NAME=VALUE}, quotes around a value fall. */
final class EnvironmentOptions {
    /** Bytes of one file. */
    static final int MAX_FILE = 1 << 20;

    private EnvironmentOptions() {}

    /** Variables of the files first, so that those of the command line win. */
    static SequencedMap<String, String> read(
            List<String> pairs, List<Path> files, Path workingDirectory) {
        var variables = new LinkedHashMap<String, String>();
        for (Path file : files) {
            readFile(workingDirectory.resolve(file), file, variables);
        }
        for (String pair : pairs) {
            put(pair, "--env '" + pair + "'", variables);
        }
        return variables;
    }

    private static void readFile(Path path, Path shown, SequencedMap<String, String> variables) {
        try {
            if (Files.size(path) > MAX_FILE) {
                throw new CommandFailure(shown + ": is larger than " + MAX_FILE + " bytes");
            }
            int number = 0;
            for (String line : Files.readAllLines(path)) {
                number++;
                if (!line.isBlank() && !line.strip().startsWith("#")) {
                    put(line, shown + ":" + number, variables);
                }
            }
        } catch (IOException e) {
            throw new CommandFailure("--env-file " + shown + ": cannot be read", e);
        }
    }

    private static void put(String pair, String where, SequencedMap<String, String> variables) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? "" : pair.substring(0, equals).strip();
        if (name.isEmpty()) {
            throw new CommandFailure(where + ": is not NAME=VALUE");
        }
        String value = pair.substring(equals + 1).strip();
        boolean quoted =
                value.length() >= 2
                        && (value.charAt(0) == '"' || value.charAt(0) == '\'')
                        && value.charAt(value.length() - 1) == value.charAt(0);
        variables.put(name, quoted ? value.substring(1, value.length() - 1) : value);
    }
}
