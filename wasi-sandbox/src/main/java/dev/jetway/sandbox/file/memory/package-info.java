/** Files in memory: the scratch directory of a run. Knows nothing of the host. */
@Internal
@NullMarked
package dev.jetway.sandbox.file.memory;

import dev.jetway.base.Internal;
import org.jspecify.annotations.NullMarked;
