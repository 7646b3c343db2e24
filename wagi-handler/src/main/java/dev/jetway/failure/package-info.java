/**
 * What can go wrong with a request, and the only mapping of it to statuses and pages. Knows HTTP
 * values only.
 */
@NullMarked
package dev.jetway.failure;

import org.jspecify.annotations.NullMarked;
