/** The linear memory that generated code works on. */
@Internal
@NullMarked
package dev.jetway.module.memory;

import dev.jetway.base.Internal;
import org.jspecify.annotations.NullMarked;
