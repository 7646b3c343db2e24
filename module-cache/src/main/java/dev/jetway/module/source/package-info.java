/**
 * Where modules come from, and their bytes before they are compiled: digest, text form, marks of
 * interpreters. Knows nothing of the cache.
 */
@NullMarked
package dev.jetway.module.source;

import org.jspecify.annotations.NullMarked;
