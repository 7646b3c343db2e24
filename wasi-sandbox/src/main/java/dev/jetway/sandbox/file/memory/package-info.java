/** Files in memory: the scratch directory of a run. Knows nothing of the host. */
@NullMarked
package dev.jetway.sandbox.file.memory;

import org.jspecify.annotations.NullMarked;
