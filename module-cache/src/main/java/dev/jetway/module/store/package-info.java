/**
 * Compiled modules on disk: the folder, the authenticity of its entries, eviction. Treats contents
 * as bytes.
 */
@NullMarked
package dev.jetway.module.store;

import org.jspecify.annotations.NullMarked;
