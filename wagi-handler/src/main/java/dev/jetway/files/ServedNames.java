package dev.jetway.files;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of files in a document root that are never sent: their contents are meant for the server or
 * for programs, or were left behind. Pure functions; case-insensitive.
 */
final class ServedNames {
    /** As the first name of a path, public although hidden (RFC 8615). */
    private static final String WELL_KNOWN = ".well-known";

    /** Configuration files of the server and of programs, and logs that programs leave. */
    private static final Set<String> CONFIGURATION =
            Set.of(
                    "site.toml",
                    "modules.toml",
                    "spin.toml",
                    "php.ini",
                    "web.config",
                    "composer.json",
                    "composer.lock",
                    "auth.json",
                    "debug.log",
                    "error_log");

    /**
     * Extensions of programs, their included sources, database dumps, and leftovers of editors and
     * tools.
     */
    private static final Set<String> EXTENSIONS =
            Set.of(
                    "wasm", "wat", "php", "php3", "php4", "php5", "php7", "php8", "phps", "phtml",
                    "phar", "cgi", "fcgi", "inc", "sql", "sqlite", "sqlite3", "db", "bak", "backup",
                    "old", "orig", "save", "swp", "swo", "swx", "tmp", "rej", "dist", "copy");

    /**
     * Extensions of files that are meant to be seen, whatever name stands before: {@code
     * form.php.txt}. With any other, the file may be a copy or a compressed form of the one whose
     * name stands before: {@code form.php.1}, {@code form.php.gz}.
     */
    private static final Set<String> SHOWN =
            Set.of(
                    "txt", "text", "md", "html", "htm", "xhtml", "css", "js", "mjs", "map", "json",
                    "xml", "rss", "atom", "csv", "svg", "jpg", "jpeg", "png", "gif", "webp", "avif",
                    "ico", "bmp", "tif", "tiff", "pdf", "rtf", "epub", "doc", "docx", "odt", "xls",
                    "xlsx", "ods", "ppt", "pptx", "odp", "mp3", "mp4", "m4a", "m4v", "ogg", "oga",
                    "ogv", "opus", "wav", "flac", "webm", "mov", "avi", "mkv", "vtt", "srt", "ics",
                    "vcf", "po", "mo", "woff", "woff2", "ttf", "otf", "eot");

    /** The part of an extension that names a type: of {@code php_old}, {@code php}. */
    private static final Pattern TYPE = Pattern.compile("[a-z0-9]+");

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
        int dot = text.lastIndexOf('.');
        if (dot < 0) {
            return false;
        }
        String extension = text.substring(dot + 1);
        Matcher type = TYPE.matcher(extension);
        String kind = type.lookingAt() ? type.group() : extension;
        return EXTENSIONS.contains(kind)
                || scripts.test(kind)
                || (!SHOWN.contains(extension) && isPrivate(text.substring(0, dot), scripts));
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
