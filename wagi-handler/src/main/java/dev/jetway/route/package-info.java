/**
 * Configuration as data: sites, routes, limits, and the tables that find them. Knows nothing of
 * running guests.
 */
@Internal
@NullMarked
package dev.jetway.route;

import dev.jetway.base.Internal;
import org.jspecify.annotations.NullMarked;
