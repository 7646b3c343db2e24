/** Listeners, forwarded fields, errors before the pipeline. */
@NullMarked
package dev.jetway.server.http;

import org.jspecify.annotations.NullMarked;
