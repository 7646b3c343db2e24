/**
 * Compiles modules once and keeps them in memory and on disk. Knows Wasm; knows nothing of guests,
 * HTTP or sites.
 */
@Internal
@NullMarked
package dev.jetway.module;

import dev.jetway.base.Internal;
import org.jspecify.annotations.NullMarked;
