/** Linear memory of guests and its accounting. Knows the engine and nothing of runs. */
@NullMarked
package dev.jetway.sandbox.memory;

import org.jspecify.annotations.NullMarked;
