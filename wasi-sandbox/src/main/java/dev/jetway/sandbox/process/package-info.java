/** Services of the operating system for threads and the process: priorities, umask. */
@Internal
@NullMarked
package dev.jetway.sandbox.process;

import dev.jetway.base.Internal;
import org.jspecify.annotations.NullMarked;
