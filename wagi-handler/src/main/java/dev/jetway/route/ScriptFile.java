package dev.jetway.route;

import java.util.List;
import java.util.Optional;

/**
 * A script that a module runs for one request. Immutable.
 *
 * @param path as the guest sees it: {@code /home/public/a.php}
 * @param root the folder of the route's documents as the guest sees it, if the script is one of
 *     them
 * @param prefix the canonical path of that folder: empty, or {@code /blog}
 * @param arguments of the guest; no part of the request is one
 */
public record ScriptFile(
        String path, Optional<String> root, String prefix, List<String> arguments) {
    /** Copies the list. */
    public ScriptFile {
        arguments = List.copyOf(arguments);
    }
}
