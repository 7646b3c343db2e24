package dev.jetway.files;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Names of files in a document root that are never sent: their contents are meant for the server or
 * for programs, or were left behind. Pure functions; case-insensitive.
 */
final class ServedNames {
    /** As the first name of a path, public although hidden (RFC 8615). */
    private static final String WELL_KNOWN = ".well-known";

    /** Configuration files of the server and of programs. */
    private static final Set<String> CONFIGURATION =
            Set.of("site.toml", "modules.toml", "spin.toml", "php.ini", "web.config");

    /**
     * Extensions of programs, their included sources, database dumps, and leftovers of editors and
     * tools.
     */
    private static final Set<String> EXTENSIONS =
            Set.of(
                    "wasm", "wat", "php", "php3", "php4", "php5", "php7", "php8", "phps", "phtml",
                    "phar", "inc", "sql", "sqlite", "sqlite3", "db", "bak", "backup", "old", "orig",
                    "save", "swp", "swo", "swx", "tmp", "rej", "dist", "copy");

    /**
     * Extensions of compressed files and archives, which reveal their contents: {@code
     * form.php.gz}.
     */
    private static final List<String> PACKED =
            List.of(".br", ".gz", ".zst", ".bz2", ".xz", ".zip", ".tar", ".tgz", ".7z", ".rar");

    private ServedNames() {}

    /** Whether a name hides its file or all files below it. */
    static boolean isHidden(String name, boolean first) {
        return name.startsWith(".") && !(first && name.equals(WELL_KNOWN));
    }

    /**
     * Whether a file is never sent because of its name.
     *
     * @param scripts whether an extension, in lower case, is a script's
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

    /** The text after the last dot, in lower case: the extension that decides on the handler. */
    static Optional<String> extension(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0
                ? Optional.empty()
                : Optional.of(name.substring(dot + 1).toLowerCase(Locale.ROOT));
    }
}
