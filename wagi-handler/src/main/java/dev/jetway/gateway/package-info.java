/** The pipeline from a request to its response and its record. Knows all stages; knows no Jetty. */
@Internal
@NullMarked
package dev.jetway.gateway;

import dev.jetway.base.Internal;
import org.jspecify.annotations.NullMarked;
