/** WASI preview 1 for one guest: what the functions of {@code wasi_snapshot_preview1} do. */
@NullMarked
package dev.jetway.sandbox.wasi;

import org.jspecify.annotations.NullMarked;
