/** The Jetty handler that feeds the pipeline, and Jetty's ends of it. */
@NullMarked
package dev.jetway.jetty;

import org.jspecify.annotations.NullMarked;
