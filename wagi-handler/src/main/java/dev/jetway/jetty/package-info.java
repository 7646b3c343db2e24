/** The Jetty handler in front of the pipeline, and Jetty's implementations of its interfaces. */
@NullMarked
package dev.jetway.jetty;

import org.jspecify.annotations.NullMarked;
