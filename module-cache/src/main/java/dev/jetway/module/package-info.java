/**
 * From a module file to runnable code: compiled once, kept in memory and on disk. Knows Wasm; knows
 * nothing of guests, HTTP or sites.
 */
@NullMarked
package dev.jetway.module;

import org.jspecify.annotations.NullMarked;
