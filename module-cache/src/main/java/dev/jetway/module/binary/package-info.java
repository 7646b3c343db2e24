/** The binary format of WebAssembly: read to the letter, and rewritten to what the engine reads. */
@Internal
@NullMarked
package dev.jetway.module.binary;

import dev.jetway.base.Internal;
import org.jspecify.annotations.NullMarked;
