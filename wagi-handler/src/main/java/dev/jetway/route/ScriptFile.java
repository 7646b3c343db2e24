package dev.jetway.route;

import java.util.List;
import java.util.Optional;

/**
 * A script that a module runs for one request, or a module among documents. Immutable.
 *
 * @param path as the guest sees it: {@code /home/public/a.php}
 * @param root the folder of the route's documents as the guest sees it, if the script is one of
 *     them
 * @param prefix the canonical path of that folder: empty, or {@code /blog}
 * @param arguments of the guest; no part of the request is one
 * @param handled whether a handler runs it, as an {@code Action} of Apache; else it is a program
 */
public record ScriptFile(
        String path,
        Optional<String> root,
        String prefix,
        List<String> arguments,
        boolean handled) {
    /** Copies the list. */
    public ScriptFile {
        arguments = List.copyOf(arguments);
    }
}
