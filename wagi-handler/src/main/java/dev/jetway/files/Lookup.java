package dev.jetway.files;

import dev.jetway.route.ScriptHandler;

/** The entry that a path below a route names in the route's folder. */
public sealed interface Lookup {
    /**
     * A file to send.
     *
     * @param file the file
     */
    record File(StaticFile file) implements Lookup {}

    /**
     * A script to run.
     *
     * @param handler runs the script
     * @param path the script's canonical path below the route: {@code /a.php}
     * @param info the path after it: empty, or beginning with a slash
     * @param guestPath the script's path as its guest sees it: {@code /home/public/a.php}
     */
    record Script(ScriptHandler handler, String path, String info, String guestPath)
            implements Lookup {
        /** The script's extension, in lower case. */
        public String extension() {
            return ServedNames.extension(path).orElse("");
        }
    }

    /**
     * A module in the folder, to run.
     *
     * @param file its decoded path below the folder, as the configuration names it
     * @param path its canonical path below the route: {@code /index.wasm}
     * @param info the path after it: empty, or beginning with a slash
     * @param guestPath its path as its guest sees it: {@code /home/public/index.wasm}
     */
    record Program(String file, String path, String info, String guestPath) implements Lookup {
        /** The name of the file. */
        public String name() {
            return file.substring(file.lastIndexOf('/') + 1);
        }
    }

    /** A file that the server's user may not see, behind a folder that it may not enter. */
    record Unreadable() implements Lookup {}

    /** A folder whose path has no slash at the end. */
    record FolderWithoutSlash() implements Lookup {}

    /**
     * A script that is not run.
     *
     * @param reason for logs
     */
    record Refused(String reason) implements Lookup {}

    /** No entry that is served. */
    record Nothing() implements Lookup {}
}
