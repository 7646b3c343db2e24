@NullMarked
package dev.jetway.server.metrics;

import org.jspecify.annotations.NullMarked;
