@NullMarked
package dev.jetway.benchmarks;

import org.jspecify.annotations.NullMarked;
