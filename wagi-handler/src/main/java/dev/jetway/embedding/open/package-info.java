/** Programs as they are served: modules loaded, threads started. */
@Internal
@NullMarked
package dev.jetway.embedding.open;

import dev.jetway.base.Internal;
import org.jspecify.annotations.NullMarked;
