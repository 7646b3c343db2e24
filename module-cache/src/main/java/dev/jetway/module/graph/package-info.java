/** Algorithms on graphs that know nothing of code. */
@Internal
@NullMarked
package dev.jetway.module.graph;

import dev.jetway.base.Internal;
import org.jspecify.annotations.NullMarked;
