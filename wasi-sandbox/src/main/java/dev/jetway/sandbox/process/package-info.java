/** Services of the operating system for threads: priorities. */
@NullMarked
package dev.jetway.sandbox.process;

import org.jspecify.annotations.NullMarked;
