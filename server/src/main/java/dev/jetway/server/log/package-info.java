/** Logs of requests and of guests' standard error. */
@NullMarked
package dev.jetway.server.log;

import org.jspecify.annotations.NullMarked;
