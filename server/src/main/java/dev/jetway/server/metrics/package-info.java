/** Metrics for Prometheus. The only package that knows simpleclient. */
@NullMarked
package dev.jetway.server.metrics;

import org.jspecify.annotations.NullMarked;
