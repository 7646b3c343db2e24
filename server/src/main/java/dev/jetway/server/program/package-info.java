/** A route's program: loads, retries, warm-up, eviction when idle. */
@NullMarked
package dev.jetway.server.program;

import org.jspecify.annotations.NullMarked;
