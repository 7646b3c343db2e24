/**
 * Failures of requests, and the only mapping of them to statuses and pages. Knows HTTP values only.
 */
@Internal
@NullMarked
package dev.jetway.failure;

import dev.jetway.base.Internal;
import org.jspecify.annotations.NullMarked;
