/**
 * Values that every layer uses: sizes, durations, places in files, text fit for logs. Knows nothing
 * of Jetway above it.
 */
@Internal
@NullMarked
package dev.jetway.base;

import org.jspecify.annotations.NullMarked;
