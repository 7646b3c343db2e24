/**
 * WASI preview 1 as guests call it. Knows files by their interfaces; knows nothing of runs and
 * limits of time.
 */
@NullMarked
package dev.jetway.sandbox.wasi;

import org.jspecify.annotations.NullMarked;
