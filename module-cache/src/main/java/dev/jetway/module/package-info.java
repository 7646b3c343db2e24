/**
 * Compiles modules once and keeps them in memory and on disk. Knows Wasm; knows nothing of guests,
 * HTTP or sites.
 */
@NullMarked
package dev.jetway.module;

import org.jspecify.annotations.NullMarked;
