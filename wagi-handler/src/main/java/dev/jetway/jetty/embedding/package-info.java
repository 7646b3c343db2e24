/** Programs in somebody's own Jetty server. Part of the public interface of Jetway. */
@NullMarked
package dev.jetway.jetty.embedding;

import org.jspecify.annotations.NullMarked;
