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
 * @param scripts modules that run scripts, by extension in lower case
 * @param programs modules in the folder, by their path below it
 */
public record ServedFolder(
        Route route,
        ServeFolder action,
        Map<String, ServedModule> scripts,
        Map<String, ServedModule> programs)
        implements ServedRoute {
    /** Copies the maps. */
    public ServedFolder {
        scripts = Map.copyOf(scripts);
        programs = Map.copyOf(programs);
    }

    /** The look-up of paths in the folder. */
    FolderLookup lookup() {
        return new FolderLookup(action);
    }

    /** Does not count files; a script is counted after it has been found. */
    @Override
    public Optional<Failure> enter() {
        return Optional.empty();
    }

    @Override
    public HttpRules http() {
        return HttpRules.DEFAULT;
    }
}
