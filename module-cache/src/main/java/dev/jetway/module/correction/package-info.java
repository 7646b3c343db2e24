/**
 * Corrected versions of operations that the engine does wrong; generated classes call these. Knows
 * the engine's runtime, and nothing of code generation.
 */
@NullMarked
package dev.jetway.module.correction;

import org.jspecify.annotations.NullMarked;
