/**
 * Compiled modules on disk: the folder, the authenticity of its entries, eviction. Knows bytes and
 * names, not what they mean.
 */
@NullMarked
package dev.jetway.module.store;

import org.jspecify.annotations.NullMarked;
