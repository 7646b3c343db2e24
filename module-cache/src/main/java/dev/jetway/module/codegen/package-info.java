/** Makes the engine's JVM code fit for the JIT: no function is too large, none is interpreted. */
@Internal
@NullMarked
package dev.jetway.module.codegen;

import dev.jetway.base.Internal;
import org.jspecify.annotations.NullMarked;
