package dev.jetway.server.config.spin;

import dev.jetway.base.BoundedFile;
import dev.jetway.base.SourcePosition;
import dev.jetway.server.config.table.Problems;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The file {@code .env}, in which Spin looks for variables that the environment does not have. */
final class EnvFile {
    /** The name of the file, in the working directory. */
    static final String NAME = ".env";

    /** Maximum bytes of a file. */
    static final int MAX_BYTES = 1 << 20;

    private static final Pattern LINE =
            Pattern.compile("(?:export\\s+)?([A-Za-z_][A-Za-z0-9_.]*)\\s*=\\s*(.*)");
    private static final Pattern QUOTED =
            Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"\\s*(?:#.*)?|'([^']*)'\\s*(?:#.*)?");
    private static final Pattern COMMENT = Pattern.compile("\\s+#.*$|^#.*$");

    private EnvFile() {}

    /** The variables of a file; none if there is no file. */
    static Map<String, String> read(Path file, Problems problems) {
        var whole = new SourcePosition(NAME, 0);
        var values = new HashMap<String, String>();
        try {
            Optional<String> text = BoundedFile.text(file, MAX_BYTES);
            if (text.isEmpty()) {
                problems.error(whole, "is larger than " + MAX_BYTES + " bytes");
            }
            List<String> lines = text.orElse("").lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i).strip();
                Matcher variable = LINE.matcher(line);
                if (variable.matches()) {
                    // As in Spin, the first of two counts.
                    values.putIfAbsent(variable.group(1), value(variable.group(2)));
                } else if (!line.isEmpty() && !line.startsWith("#")) {
                    problems.error(new SourcePosition(NAME, i + 1), "is not NAME=VALUE");
                }
            }
        } catch (NoSuchFileException e) {
            return Map.of();
        } catch (CharacterCodingException e) {
            problems.error(whole, "is not UTF-8 text");
        } catch (IOException e) {
            problems.error(whole, "cannot be read: check that the server may read it");
        }
        return values;
    }

    private static String value(String text) {
        Matcher quoted = QUOTED.matcher(text);
        if (!quoted.matches()) {
            return COMMENT.matcher(text).replaceFirst("").strip();
        }
        return quoted.group(2) == null
                ? quoted.group(1).replace("\\n", "\n").replaceAll("\\\\(.)", "$1")
                : quoted.group(2);
    }
}
