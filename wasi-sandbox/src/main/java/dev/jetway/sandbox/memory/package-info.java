/** Linear memory of guests and its accounting. Knows the engine and nothing of runs. */
@Internal
@NullMarked
package dev.jetway.sandbox.memory;

import dev.jetway.base.Internal;
import org.jspecify.annotations.NullMarked;
