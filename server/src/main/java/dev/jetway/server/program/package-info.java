/** A route's program: loaded, tried again, warmed up, evicted when idle. */
@NullMarked
package dev.jetway.server.program;

import org.jspecify.annotations.NullMarked;
