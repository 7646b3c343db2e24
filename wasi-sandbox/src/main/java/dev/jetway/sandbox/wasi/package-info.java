/**
 * WASI preview 1 as guests call it. Knows files by their interfaces; knows nothing of runs and
 * limits of time.
 */
@Internal
@NullMarked
package dev.jetway.sandbox.wasi;

import dev.jetway.base.Internal;
import org.jspecify.annotations.NullMarked;
