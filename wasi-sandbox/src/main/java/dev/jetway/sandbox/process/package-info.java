/** What the operating system does for threads: their priorities. */
@NullMarked
package dev.jetway.sandbox.process;

import org.jspecify.annotations.NullMarked;
