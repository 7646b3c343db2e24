package dev.jetway.server.config.site;

import dev.jetway.base.SourcePosition;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A folder that is a site. Immutable.
 *
 * @param name of the site and of the folder
 * @param folder absolute; may be a link
 * @param shown the folder for messages
 * @param userRoot the name of its document root if the folder is a user's; empty for other sites
 */
record SiteEntry(String name, Path folder, Path shown, Optional<String> userRoot) {
    /** The position of the whole folder. */
    SourcePosition position() {
        return new SourcePosition(shown.toString(), 0);
    }

    /** The position of a whole file or folder in it. */
    SourcePosition position(String file) {
        return new SourcePosition(shown(file), 0);
    }

    /** The name of a file in it, for messages. */
    String shown(String file) {
        return shown.resolve(file).toString();
    }
}
