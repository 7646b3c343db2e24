package dev.jetway.server.config.route;

import dev.jetway.module.source.FileReference;
import dev.jetway.module.source.ModuleReference;
import dev.jetway.server.registry.RemoteModule;
import dev.jetway.server.registry.RemotePlace;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A module as Wagi names it: a path, a {@code file:} URL or {@code oci:}; also {@code https:} with
 * a digest. Other schemes are refused by name.
 */
public final class ModulePath {
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(.*)");
    private static final Pattern FILE = Pattern.compile("(?://(?:localhost)?)?(/(?!/)[^?#]*)");

    private ModulePath() {}

    /**
     * The reference of a module.
     *
     * @throws IllegalArgumentException with the reason
     */
    public static ModuleReference of(String text, SearchPath search) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("must not be empty");
        }
        Matcher url = SCHEME.matcher(text);
        try {
            if (!url.matches()) {
                return new FileReference(search.resolve(text), search.writers());
            }
            if (url.group(1).equalsIgnoreCase("file")) {
                return new FileReference(
                        search.checked(file(text, url.group(2))), search.writers());
            }
            if (RemotePlace.has(url.group(1))) {
                return remote(text, search);
            }
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("'" + text + "' is not a path", e);
        }
        throw new IllegalArgumentException(
                "'"
                        + url.group(1)
                        + ":' modules are not supported: write a path, a file: URL,"
                        + " oci://HOST/NAME:TAG, or https://…@sha256:…"
                        + " (a path with a colon begins with ./)");
    }

    private static ModuleReference remote(String text, SearchPath search) {
        RemotePlace place = RemotePlace.parse(text);
        return search.registries()
                .map(settings -> new RemoteModule(place, settings))
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "is on another machine, which only the server's own files may name:"
                                        + " put the module into a file"));
    }

    private static Path file(String text, String rest) {
        Matcher path = FILE.matcher(rest);
        if (!path.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a URL of a local file: write file:///folder/name.wasm");
        }
        // The decoder is for forms; in a path a plus sign stands for itself.
        String escaped = path.group(1).replace("+", "%2B");
        return Path.of(URLDecoder.decode(escaped, StandardCharsets.UTF_8)).normalize();
    }
}
