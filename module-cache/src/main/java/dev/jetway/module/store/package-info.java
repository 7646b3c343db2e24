/**
 * Compiled modules on disk: the folder, the authenticity of its entries, eviction. Treats contents
 * as bytes.
 */
@Internal
@NullMarked
package dev.jetway.module.store;

import dev.jetway.base.Internal;
import org.jspecify.annotations.NullMarked;
