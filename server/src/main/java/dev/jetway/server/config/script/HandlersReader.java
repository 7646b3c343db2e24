package dev.jetway.server.config.script;

import dev.jetway.module.source.ModuleReference;
import dev.jetway.route.ScriptHandler;
import dev.jetway.server.config.route.ModulePath;
import dev.jetway.server.config.route.SearchPath;
import dev.jetway.server.config.table.Problems;
import dev.jetway.server.config.table.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the tables {@code [handler.NAME]} of {@code jetway.toml}. */
public final class HandlersReader {
    /** The table of all handlers. */
    public static final String TABLE = "handler";

    /** Maximum handlers of a server. */
    public static final int MAX_HANDLERS = 50;

    /** Maximum extensions of a handler. */
    public static final int MAX_EXTENSIONS = 20;

    /** Maximum arguments of a handler. */
    public static final int MAX_ARGUMENTS = 32;

    /** The keys of a handler. */
    public static final Set<String> KEYS =
            Set.of("module", "extensions", "argv", "environment", "php", "snapshot");

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,31}");
    private static final Pattern EXTENSION = Pattern.compile("[a-z0-9]{1,16}");

    /** Extensions that are not scripts': those of modules and of configuration files. */
    private static final Set<String> RESERVED = Set.of("wasm", "wat", "toml");

    private final SearchPath search;
    private final Problems problems;

    public HandlersReader(SearchPath search, Problems problems) {
        this.search = search;
        this.problems = problems;
    }

    /** The handlers in the order of the file: the first with an extension runs its scripts. */
    public List<HandlerSettings> readAll(Section top) {
        Optional<Section> table = top.table(TABLE);
        if (table.isEmpty()) {
            return List.of();
        }
        List<String> names = table.get().keys();
        if (names.size() > MAX_HANDLERS) {
            problems.error(
                    table.get().position(names.get(MAX_HANDLERS)),
                    "more than " + MAX_HANDLERS + " handlers");
            return List.of();
        }
        var handlers = new ArrayList<HandlerSettings>();
        for (String name : names) {
            if (!NAME.matcher(name).matches()) {
                problems.error(
                        table.get().position(name),
                        "the name of a handler is 1 to 32 small letters, digits, '.' and '-', and"
                                + " begins with a letter or a digit");
            }
            table.get().table(name).flatMap(h -> read(name, h)).ifPresent(handlers::add);
        }
        return List.copyOf(handlers);
    }

    private Optional<HandlerSettings> read(String name, Section handler) {
        handler.rejectUnknown(KEYS, false);
        require(name, handler, "module");
        require(name, handler, "extensions");
        Optional<ModuleReference> module =
                handler.parsed("module", text -> ModulePath.of(text, search));
        Optional<List<String>> extensions =
                handler.list("extensions", MAX_EXTENSIONS, HandlersReader::extension);
        Optional<List<String>> argv = handler.list("argv", MAX_ARGUMENTS, HandlersReader::argument);
        var environment = handler.texts("environment");
        Optional<Boolean> php = handler.flag("php");
        Optional<Boolean> snapshot = handler.flag("snapshot");
        if (argv.filter(List::isEmpty).isPresent()) {
            problems.error(handler.position("argv"), "'argv' begins with the name of the program");
        }
        if (module.isEmpty() || extensions.isEmpty()) {
            return Optional.empty();
        }
        boolean isPhp = php.orElseGet(() -> isPhp(module.get()));
        return Optional.of(
                new HandlerSettings(
                        name,
                        module.get(),
                        extensions.get(),
                        argv.orElseGet(() -> standard(name, isPhp)),
                        environment,
                        isPhp,
                        snapshot.orElse(false),
                        handler.position()));
    }

    private void require(String name, Section handler, String key) {
        if (!handler.keys().contains(key)) {
            problems.error(handler.position(), "[" + TABLE + "." + name + "] needs '" + key + "'");
        }
    }

    /**
     * The default arguments. php-cgi reads the script's path from SCRIPT_FILENAME; arguments would
     * be options.
     */
    private static List<String> standard(String name, boolean php) {
        return php ? List.of("php-cgi") : List.of(name, ScriptHandler.SCRIPT);
    }

    private static boolean isPhp(ModuleReference module) {
        return List.of(module.name().toLowerCase(Locale.ROOT).split("[^a-z]+")).contains("php");
    }

    private static String extension(String text) {
        if (!EXTENSION.matcher(text).matches() || RESERVED.contains(text)) {
            throw new IllegalArgumentException(
                    "'"
                            + text
                            + "' is not an extension like \"php\" or \"pl\": 1 to 16 small"
                            + " letters and digits without a dot, and not wasm, wat or toml");
        }
        return text;
    }

    private static String argument(String text) {
        if (text.isEmpty() || text.indexOf(0) >= 0) {
            throw new IllegalArgumentException("an argument must not be empty");
        }
        return text;
    }
}
