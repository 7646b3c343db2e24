/** The Jetty handler in front of the pipeline, and Jetty's implementations of its interfaces. */
@Internal
@NullMarked
package dev.jetway.jetty;

import dev.jetway.base.Internal;
import org.jspecify.annotations.NullMarked;
