/**
 * Where modules come from, and their bytes before they are compiled: digest, text form, marks of
 * interpreters. Knows nothing of the cache.
 */
@Internal
@NullMarked
package dev.jetway.module.source;

import dev.jetway.base.Internal;
import org.jspecify.annotations.NullMarked;
