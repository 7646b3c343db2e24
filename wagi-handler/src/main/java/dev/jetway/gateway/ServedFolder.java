package dev.jetway.gateway;

import dev.jetway.failure.Failure;
import dev.jetway.files.FolderLookup;
import dev.jetway.route.HttpRules;
import dev.jetway.route.Route;
import dev.jetway.route.ServeFolder;
import java.util.Map;
import java.util.Optional;

/**
 * A route that answers from a folder. Immutable; safe to share between threads.
 *
 * @param route as configured
 * @param action the folder
 * @param scripts what runs scripts, by their extensions in lower case
 */
public record ServedFolder(Route route, ServeFolder action, Map<String, ServedModule> scripts)
        implements ServedRoute {
    /** Copies the map. */
    public ServedFolder {
        scripts = Map.copyOf(scripts);
    }

    /** Finds what paths name in the folder. */
    FolderLookup lookup() {
        return new FolderLookup(action);
    }

    /** Files are not counted; a script is, once it has been found. */
    @Override
    public Optional<Failure> enter() {
        return Optional.empty();
    }

    @Override
    public HttpRules http() {
        return HttpRules.DEFAULT;
    }
}
