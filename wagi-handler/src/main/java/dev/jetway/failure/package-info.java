/**
 * Failures of requests, and the only mapping of them to statuses and pages. Knows HTTP values only.
 */
@NullMarked
package dev.jetway.failure;

import org.jspecify.annotations.NullMarked;
