/**
 * Converts tables of routes to records, for all kinds of files. Knows nothing of the server's own
 * settings.
 */
@NullMarked
package dev.jetway.server.config.route;

import org.jspecify.annotations.NullMarked;
