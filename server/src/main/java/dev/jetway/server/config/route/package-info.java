/**
 * Tables of routes to records, whichever file they stand in. Knows nothing of the server's own
 * settings.
 */
@NullMarked
package dev.jetway.server.config.route;

import org.jspecify.annotations.NullMarked;
