/**
 * Configuration as data: sites, routes, limits, and the tables that find them. Knows nothing of
 * running guests.
 */
@NullMarked
package dev.jetway.route;

import org.jspecify.annotations.NullMarked;
