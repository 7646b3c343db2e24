package dev.jetway.files;

import dev.jetway.route.ScriptHandler;

/** What a path below a route names in the route's folder. */
public sealed interface Lookup {
    /**
     * A file that is sent as it is.
     *
     * @param file which
     */
    record File(StaticFile file) implements Lookup {}

    /**
     * A script that is run.
     *
     * @param handler what runs it
     * @param path the script's canonical path below the route: {@code /a.php}
     * @param info the rest of the path: empty, or beginning with a slash
     * @param guestPath the script's path as its guest sees it: {@code /home/public/a.php}
     */
    record Script(ScriptHandler handler, String path, String info, String guestPath)
            implements Lookup {
        /** The script's extension, in lower case. */
        public String extension() {
            return ServedNames.extension(path).orElse("");
        }
    }

    /** A folder whose path lacks its slash at the end. */
    record FolderWithoutSlash() implements Lookup {}

    /** Nothing that is served. */
    record Nothing() implements Lookup {}
}
