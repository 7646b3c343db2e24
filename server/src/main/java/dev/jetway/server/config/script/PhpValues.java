package dev.jetway.server.config.script;

import dev.jetway.server.config.table.Problems;
import dev.jetway.server.config.table.Section;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Pattern;

/** Values for PHP: tables of names and texts, and the {@code php.ini} that contains them. */
public final class PhpValues {
    /** Maximum values of a table, and of a site. */
    public static final int MAX_VALUES = 200;

    /** Maximum characters of a value. */
    public static final int MAX_LENGTH = 1000;

    /** The folder of the file as the guest sees it. */
    static final String FOLDER = "/etc/php";

    /** The folder of the file where the environment names other files, too. */
    private static final String OTHER_FOLDER = "/etc/php-site";

    /** Variables with which a handler names other files. */
    private static final Set<String> FILE_VARIABLES = Set.of("PHPRC", "PHP_INI_SCAN_DIR");

    /** The folder of all scripts as guests see it. */
    private static final String SCRIPTS = "/home";

    /** A folder that outlives a request: for sessions. */
    private static final String KEPT = SCRIPTS + "/tmp";

    /**
     * A folder for OPcache's compiled scripts, which php-cgi makes: the times of the one above
     * change with each session.
     */
    private static final String COMPILED = KEPT + "/opcache";

    /** The name of the file. */
    public static final String FILE = "php.ini";

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.]{0,99}");

    /** Text of one line that cannot end a text in single quotes. */
    private static final Pattern VALUE = Pattern.compile("[^'\\p{Cntrl}]{0," + MAX_LENGTH + "}");

    /** Constants, which are read without quotes only. */
    private static final Pattern LEVEL = Pattern.compile("[A-Z0-9_&|~^() ]{1,200}");

    /**
     * Settings that php-cgi's build lacks or that this sandbox needs: uploads need a folder for
     * temporary files, and a session must outlive its request; OPcache, in a build that has it,
     * keeps compiled scripts in files only, for no memory outlives a request. The others are those
     * of PHP's own php.ini-production where its built-in ones are for development, or would make a
     * query the arguments of a script.
     */
    private static final Map<String, String> STANDARD =
            Map.ofEntries(
                    Map.entry("upload_tmp_dir", "/tmp"),
                    Map.entry("sys_temp_dir", "/tmp"),
                    Map.entry("session.save_path", KEPT),
                    Map.entry("opcache.file_cache", COMPILED),
                    Map.entry("session.gc_probability", "1"),
                    Map.entry("session.gc_divisor", "100"),
                    Map.entry("display_errors", "0"),
                    Map.entry("display_startup_errors", "0"),
                    Map.entry("enable_dl", "0"),
                    Map.entry("error_reporting", "E_ALL & ~E_DEPRECATED & ~E_STRICT"),
                    Map.entry("expose_php", "0"),
                    Map.entry("log_errors", "1"),
                    Map.entry("output_buffering", "4096"),
                    Map.entry("register_argc_argv", "0"),
                    Map.entry("request_order", "GP"),
                    Map.entry("session.sid_bits_per_character", "5"),
                    Map.entry("session.sid_length", "26"),
                    Map.entry("short_open_tag", "0"),
                    Map.entry("variables_order", "GPCS"),
                    Map.entry("zend.assertions", "-1"),
                    Map.entry("zend.exception_ignore_args", "1"),
                    Map.entry("zend.exception_string_param_max_len", "0"));

    /** The value with names of functions that PHP does not define, read at its start only. */
    private static final String DISABLED = "disable_functions";

    /**
     * Functions that need what no WASI host has, and that php-cgi's build ends with a trap instead
     * of an error. Undefined, they are an error that a script can catch or define otherwise.
     */
    private static final String UNUSABLE = "gethostbyname";

    private PhpValues() {}

    /**
     * The folder of the file for a handler. In {@link #FOLDER} it is the only one: php-cgi may find
     * it there without looking at its environment.
     */
    public static String folder(Set<String> variables) {
        return Collections.disjoint(variables, FILE_VARIABLES) ? FOLDER : OTHER_FOLDER;
    }

    /**
     * The values of a table over lower ones.
     *
     * @param forbidden names that the table must not have
     */
    public static SequencedMap<String, String> read(
            Section section,
            String key,
            SequencedMap<String, String> below,
            Set<String> forbidden,
            Problems problems) {
        var values = new LinkedHashMap<>(below);
        SequencedMap<String, String> own = section.texts(key);
        if (own.size() > MAX_VALUES) {
            problems.error(
                    section.position(key),
                    "'" + key + "' holds more than " + MAX_VALUES + " values");
            return values;
        }
        own.forEach((name, value) -> {
            String wrong = wrong(name, value, forbidden);
            if (wrong.isEmpty()) {
                values.put(name, value);
            } else {
                problems.error(section.position(key, name), "'" + key + "." + name + "' " + wrong);
            }
        });
        return values;
    }

    private static String wrong(String name, String value, Set<String> forbidden) {
        if (!NAME.matcher(name).matches()) {
            return "is not the name of a value of PHP, like \"memory_limit\"";
        }
        if (forbidden.contains(name)) {
            return "is set by the provider for this site: take it out";
        }
        return VALUE.matcher(value).matches()
                ? ""
                : "must be one line of at most " + MAX_LENGTH + " characters without a '";
    }

    /**
     * The file. A section with a path holds for all scripts below it, and neither a script nor a
     * {@code .user.ini} can change its settings (PHP manual, "The configuration file"). The values
     * of the administrator stand before it, too: PHP reads some at its start only.
     */
    public static String ini(Map<String, String> values, Map<String, String> admin) {
        var all = new LinkedHashMap<String, String>();
        STANDARD.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(e -> all.put(e.getKey(), e.getValue()));
        all.putAll(values);
        all.putAll(admin);
        all.merge(DISABLED, UNUSABLE, (names, more) -> names + "," + more);
        var text = new StringBuilder("; made by the server from its files\n");
        all.forEach((name, value) -> append(text, name, value));
        if (!admin.isEmpty()) {
            text.append("[PATH=").append(SCRIPTS).append("]\n");
            admin.forEach((name, value) -> append(text, name, value));
        }
        return text.toString();
    }

    private static void append(StringBuilder text, String name, String value) {
        boolean plain = name.equals("error_reporting") && LEVEL.matcher(value).matches();
        text.append(name).append(" = ").append(plain ? value : "'" + value + "'").append('\n');
    }
}
