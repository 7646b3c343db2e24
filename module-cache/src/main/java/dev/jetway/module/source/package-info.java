/**
 * The bytes of a module before they are compiled: where they come from, their digest, their text
 * form. Knows nothing of the cache.
 */
@NullMarked
package dev.jetway.module.source;

import org.jspecify.annotations.NullMarked;
