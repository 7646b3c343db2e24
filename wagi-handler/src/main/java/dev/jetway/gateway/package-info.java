/** The pipeline from a request to its response and its record. Knows all stages; knows no Jetty. */
@NullMarked
package dev.jetway.gateway;

import org.jspecify.annotations.NullMarked;
