/** The binary format of WebAssembly: read to the letter, and rewritten to what the engine reads. */
@org.jspecify.annotations.NullMarked
package dev.jetway.module.binary;
