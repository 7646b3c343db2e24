package dev.jetway.files;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which files of a document root are never sent, by their names alone: what they hold is for the
 * server, for programs, or forgotten. Pure functions; letter case makes no difference.
 */
final class ServedNames {
    /** Open to everybody although hidden (RFC 8615), as the first name of a path. */
    private static final String WELL_KNOWN = ".well-known";

    /** Configuration of the server and of programs. */
    private static final Set<String> CONFIGURATION =
            Set.of("site.toml", "modules.toml", "spin.toml", "php.ini", "web.config");

    /** Programs, their included sources, dumps of data bases, and what editors and tools leave. */
    private static final Set<String> EXTENSIONS =
            Set.of(
                    "wasm", "wat", "php", "php3", "php4", "php5", "php7", "php8", "phps", "phtml",
                    "phar", "inc", "sql", "sqlite", "sqlite3", "db", "bak", "backup", "old", "orig",
                    "save", "swp", "swo", "swx", "tmp", "rej", "dist", "copy");

    /** Compressed forms and archives show what was packed: {@code form.php.gz}. */
    private static final List<String> PACKED =
            List.of(".br", ".gz", ".zst", ".bz2", ".xz", ".zip", ".tar", ".tgz", ".7z", ".rar");

    private ServedNames() {}

    /** Whether a name hides its file, or all files below it. */
    static boolean isHidden(String name, boolean first) {
        return name.startsWith(".") && !(first && name.equals(WELL_KNOWN));
    }

    /**
     * Whether a file of that name is never sent.
     *
     * @param scripts tells extensions of scripts that are run, in lower case
     */
    static boolean isPrivate(String name, Predicate<String> scripts) {
        String text = name.toLowerCase(Locale.ROOT);
        if (text.isEmpty() || isCopy(text) || CONFIGURATION.contains(text)) {
            return true;
        }
        String extension = extension(text).orElse("");
        if (EXTENSIONS.contains(extension) || scripts.test(extension)) {
            return true;
        }
        for (String packed : PACKED) {
            if (text.endsWith(packed)) {
                return isPrivate(text.substring(0, text.length() - packed.length()), scripts);
            }
        }
        return false;
    }

    /** {@code form.php~}, {@code #form.php#}, {@code form.php.}. */
    private static boolean isCopy(String name) {
        return switch (name.charAt(name.length() - 1)) {
            case '~', '.', ' ' -> true;
            case '#' -> name.startsWith("#");
            default -> false;
        };
    }

    /** What follows the last dot, in lower case: it alone decides what runs a script. */
    static Optional<String> extension(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0
                ? Optional.empty()
                : Optional.of(name.substring(dot + 1).toLowerCase(Locale.ROOT));
    }
}
