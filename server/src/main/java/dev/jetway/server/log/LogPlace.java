package dev.jetway.server.log;

import java.nio.file.Path;

/**
 * A folder of logs. Immutable.
 *
 * @param folder absolute; the last name is never followed if it is a link
 * @param makes whether a missing folder is made: never in a site's own folder, which may have been
 *     removed
 */
public record LogPlace(Path folder, boolean makes) {}
