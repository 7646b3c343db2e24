package dev.jetway.server.config.route;

import dev.jetway.route.Dialect;
import dev.jetway.server.config.table.KeysReader;
import java.util.HashSet;
import java.util.Set;

/**
 * The syntax of routes in a file. Immutable.
 *
 * @param table the name of a route's table
 * @param path the key of a route's path
 * @param keys all keys
 * @param withoutEffect keys that are accepted but have no effect yet
 * @param lenient whether an unknown key is a warning only
 * @param readOnlyVolumes whether {@code volumes} are read-only
 * @param dialect default dialect of routes
 */
public record RouteSyntax(
        String table,
        String path,
        Set<String> keys,
        Set<String> withoutEffect,
        boolean lenient,
        boolean readOnlyVolumes,
        Dialect dialect) {
    /** The keys that both files share. */
    private static final Set<String> COMMON =
            Set.of(
                    "module",
                    "entrypoint",
                    "argv",
                    "volumes",
                    "environment",
                    "dialect",
                    "argv-from-query",
                    "nph",
                    "request-body",
                    "encoded-slashes",
                    "document-root",
                    "methods",
                    "conditional",
                    "half-closed-time",
                    "warm-up",
                    "snapshot",
                    ErrorPagesReader.KEY,
                    "auth",
                    "auth-file",
                    "auth-realm",
                    "auth-users",
                    "pass-authorization");

    /** {@code modules.toml}: Wagi's format with further keys, which Wagi ignores. */
    public static final RouteSyntax WAGI =
            new RouteSyntax(
                    "module",
                    "route",
                    with(
                            COMMON,
                            "route",
                            "allowed_hosts",
                            "http_max_concurrency",
                            "bindle_server",
                            "repository",
                            "host"),
                    Set.of("allowed_hosts", "http_max_concurrency", "host"),
                    true,
                    false,
                    Dialect.WAGI);

    /** {@code [[route]]} of {@code jetway.toml}. */
    public static final RouteSyntax NATIVE =
            new RouteSyntax(
                    "route",
                    "path",
                    with(COMMON, "path", "writable-volumes"),
                    Set.of(),
                    false,
                    true,
                    Dialect.CGI);

    private static Set<String> with(Set<String> common, String... more) {
        var keys = new HashSet<>(common);
        keys.addAll(KeysReader.limitNames(LimitKeys.ALL));
        keys.addAll(Set.of(more));
        return Set.copyOf(keys);
    }
}
