package dev.jetway.server.cli;

import dev.jetway.base.BoundedFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Wagi's {@code --env} and {@code --env-file}: {@code NAME=VALUE}, without quotes around a value.
 */
final class EnvironmentOptions {
    /** Maximum bytes of a file. */
    static final int MAX_FILE = 1 << 20;

    private EnvironmentOptions() {}

    /** Variables of the files first, so that those of the command line win. */
    static SequencedMap<String, String> read(
            List<String> pairs, List<Path> files, Path workingDirectory) {
        var variables = new LinkedHashMap<String, String>();
        for (Path file : files) {
            int number = 0;
            for (String line : text(workingDirectory.resolve(file), file).lines().toList()) {
                number++;
                putLine(line.strip(), file + ":" + number, variables);
            }
        }
        for (String pair : pairs) {
            int equals = equalsSign(pair, "--env '" + pair + "'");
            variables.put(pair.substring(0, equals), unquoted(pair.substring(equals + 1)));
        }
        return variables;
    }

    /** Adds a line of a file, which may have spaces around the name and the value. */
    private static void putLine(String line, String where, SequencedMap<String, String> variables) {
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        int equals = equalsSign(line, where);
        variables.put(
                line.substring(0, equals).strip(), unquoted(line.substring(equals + 1).strip()));
    }

    private static int equalsSign(String pair, String where) {
        int equals = pair.indexOf('=');
        if (equals < 0) {
            throw new CommandFailure(where + ": there is no '=': write NAME=VALUE");
        }
        if (equals == 0) {
            throw new CommandFailure(where + ": there is no name before the '='");
        }
        if (pair.indexOf(0) >= 0) {
            throw new CommandFailure(where + ": holds a NUL character");
        }
        return equals;
    }

    private static String unquoted(String value) {
        boolean quoted =
                value.length() >= 2
                        && (value.charAt(0) == '"' || value.charAt(0) == '\'')
                        && value.charAt(value.length() - 1) == value.charAt(0);
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    private static String text(Path path, Path shown) {
        try {
            return BoundedFile.text(path, MAX_FILE)
                    .orElseThrow(() ->
                            new CommandFailure(
                                    "--env-file "
                                            + shown
                                            + ": is larger than "
                                            + MAX_FILE
                                            + " bytes"));
        } catch (NoSuchFileException e) {
            throw new CommandFailure("--env-file " + shown + ": there is no such file", e);
        } catch (CharacterCodingException e) {
            throw new CommandFailure("--env-file " + shown + ": is not UTF-8 text", e);
        } catch (IOException e) {
            throw new CommandFailure("--env-file " + shown + ": cannot be read", e);
        }
    }
}
