package dev.jetway.server.config.route;

import dev.jetway.auth.PasswordFile;
import dev.jetway.auth.PasswordFileException;
import dev.jetway.route.Access;
import dev.jetway.server.config.table.Problems;
import dev.jetway.server.config.table.Section;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Optional;

/** Reads the access rules of a route. A password file is read once, with the configuration. */
public final class AccessReader {
    /** Maximum characters of a realm. */
    public static final int MAX_REALM = 200;

    /** Maximum names in {@code auth-users}. */
    public static final int MAX_USERS = 1000;

    private static final String STANDARD_REALM = "Restricted";

    private final SearchPath search;
    private final Problems problems;

    public AccessReader(SearchPath search, Problems problems) {
        this.search = search;
        this.problems = problems;
    }

    public Access read(Section route) {
        String auth = route.parsed("auth", AccessReader::scheme).orElse("none");
        boolean pass = route.flag("pass-authorization").orElse(false);
        String realm = route.parsed("auth-realm", AccessReader::realm).orElse(STANDARD_REALM);
        Optional<List<String>> users = route.list("auth-users", MAX_USERS, name -> name);
        Optional<PasswordFile> file = route.parsed("auth-file", this::file);
        if (!auth.equals("basic")) {
            rejectWithoutBasic(route);
            return auth.equals("bearer") ? new Access.Bearer(realm) : new Access.Anybody(pass);
        }
        if (!route.keys().contains("auth-file")) {
            problems.error(route.position("auth"), "'auth = \"basic\"' needs an 'auth-file'");
        }
        if (file.isEmpty()) {
            return Access.OPEN;
        }
        users.ifPresent(names -> rejectUnknownUsers(route, names, file.get()));
        return new Access.Basic(realm, users.map(file.get()::only).orElse(file.get()), pass);
    }

    private void rejectWithoutBasic(Section route) {
        for (String key : List.of("auth-file", "auth-users")) {
            if (route.keys().contains(key)) {
                problems.error(
                        route.position(key), "'" + key + "' needs 'auth = \"basic\"' beside it");
            }
        }
    }

    private void rejectUnknownUsers(Section route, List<String> names, PasswordFile file) {
        for (String name : names) {
            if (!file.names().contains(name)) {
                problems.error(
                        route.position("auth-users"),
                        "'auth-users': there is no '" + name + "' in the auth-file");
            }
        }
    }

    private static String scheme(String text) {
        return switch (text) {
            case "none", "basic", "bearer" -> text;
            default -> throw new IllegalArgumentException("is \"none\", \"basic\" or \"bearer\"");
        };
    }

    private static String realm(String text) {
        if (!text.matches("[ -~]{1," + MAX_REALM + "}")) {
            throw new IllegalArgumentException(
                    "is a line of 1 to " + MAX_REALM + " ASCII characters");
        }
        return text;
    }

    private PasswordFile file(String text) {
        try {
            return PasswordFile.parse(
                    search.text(text, PasswordFile.MAX_BYTES)
                            .orElseThrow(() ->
                                    new IllegalArgumentException(
                                            "'"
                                                    + text
                                                    + "' is larger than "
                                                    + PasswordFile.MAX_BYTES
                                                    + " bytes")));
        } catch (IOException | InvalidPathException e) {
            throw new IllegalArgumentException(
                    "the file '" + text + "' cannot be read as UTF-8", e);
        } catch (PasswordFileException e) {
            throw new IllegalArgumentException(text + ":" + e.line() + ": " + e.getMessage(), e);
        }
    }
}
