/**
 * Operations of the engine that are wrong, done right: calls in generated classes go to these.
 * Knows the engine's runtime, and nothing of how code is generated.
 */
@NullMarked
package dev.jetway.module.correction;

import org.jspecify.annotations.NullMarked;
