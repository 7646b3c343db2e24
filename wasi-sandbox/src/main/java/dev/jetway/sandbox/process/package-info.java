/** Services of the operating system for threads and the process: priorities, umask. */
@NullMarked
package dev.jetway.sandbox.process;

import org.jspecify.annotations.NullMarked;
