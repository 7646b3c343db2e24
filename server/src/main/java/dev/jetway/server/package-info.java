/** The process: main method, wiring, start report. */
@NullMarked
package dev.jetway.server;

import org.jspecify.annotations.NullMarked;
