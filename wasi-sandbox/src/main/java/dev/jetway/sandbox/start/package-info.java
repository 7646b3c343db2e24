/**
 * States of guests after their start-up: how a start is watched, what a guest has read of its
 * request until then, and the state that later runs begin with. Knows files, and no service.
 */
@Internal
@NullMarked
package dev.jetway.sandbox.start;

import dev.jetway.base.Internal;
import org.jspecify.annotations.NullMarked;
