package dev.jetway.embedding;

import dev.jetway.route.RoutePattern;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A program at a path. Immutable.
 *
 * @param path {@code /hello} for exactly this path, {@code /files/...} for all paths below too
 * @param module the file of the module, WebAssembly binary or text
 * @param dialect the rules of its requests and responses
 * @param environment variables that the program sees; those of CGI win
 * @param folders that the program sees
 * @param limits of each run
 */
public record ProgramRoute(
        String path,
        Path module,
        Dialect dialect,
        Map<String, String> environment,
        List<Folder> folders,
        RunLimits limits) {
    /** Maximum variables of a route. */
    public static final int MAX_VARIABLES = 1000;

    /** Maximum folders of a route. */
    public static final int MAX_FOLDERS = 100;

    /**
     * Copies the collections.
     *
     * @throws IllegalArgumentException if the path, a variable's name or a number of entries is
     *     invalid, or two folders have one guest path
     */
    public ProgramRoute {
        var _ = new RoutePattern(path);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        folders = List.copyOf(folders);
        if (environment.size() > MAX_VARIABLES || folders.size() > MAX_FOLDERS) {
            throw new IllegalArgumentException(
                    "a route has %d variables and %d folders at most"
                            .formatted(MAX_VARIABLES, MAX_FOLDERS));
        }
        environment.forEach(ProgramRoute::requireVariable);
        if (folders.stream().map(Folder::guestPath).distinct().count() < folders.size()) {
            throw new IllegalArgumentException("two folders of " + path + " have one guest path");
        }
    }

    /** A program by the rules of CGI, without variables and folders, within the default limits. */
    public static ProgramRoute of(String path, Path module) {
        return new ProgramRoute(path, module, Dialect.CGI, Map.of(), List.of(), RunLimits.DEFAULT);
    }

    private static void requireVariable(String name, String value) {
        if (name.isEmpty() || name.indexOf('=') >= 0 || (name + value).indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    "'"
                            + name.replace('\0', '?')
                            + "' is not an environment variable: a name is"
                            + " not empty and has no '=', and neither it nor its value has NUL");
        }
    }

    /** This route by other rules. */
    public ProgramRoute with(Dialect other) {
        return new ProgramRoute(path, module, other, environment, folders, limits);
    }

    /** This route with one more variable. */
    public ProgramRoute withVariable(String name, String value) {
        var more = new LinkedHashMap<>(environment);
        more.put(name, value);
        return new ProgramRoute(path, module, dialect, more, folders, limits);
    }

    /** This route with one more folder. */
    public ProgramRoute with(Folder folder) {
        var more = new ArrayList<>(folders);
        more.add(folder);
        return new ProgramRoute(path, module, dialect, environment, more, limits);
    }

    /** This route with other limits. */
    public ProgramRoute with(RunLimits other) {
        return new ProgramRoute(path, module, dialect, environment, folders, other);
    }
}
