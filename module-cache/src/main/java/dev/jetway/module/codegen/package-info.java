/** Makes the engine's JVM code fit for the JIT: no function is too large, none is interpreted. */
@NullMarked
package dev.jetway.module.codegen;

import org.jspecify.annotations.NullMarked;
