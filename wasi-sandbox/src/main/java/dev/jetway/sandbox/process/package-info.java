/** What the operating system does for this process and its threads: who waits for whom, as whom. */
@NullMarked
package dev.jetway.sandbox.process;

import org.jspecify.annotations.NullMarked;
