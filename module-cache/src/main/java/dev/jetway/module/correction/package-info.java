/**
 * Corrected versions of operations that the engine does wrong; generated classes call these. Knows
 * the engine's runtime, and nothing of code generation.
 */
@Internal
@NullMarked
package dev.jetway.module.correction;

import dev.jetway.base.Internal;
import org.jspecify.annotations.NullMarked;
