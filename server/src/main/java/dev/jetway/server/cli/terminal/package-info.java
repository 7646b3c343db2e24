/** Streams of a terminal. Knows no command. */
@NullMarked
package dev.jetway.server.cli.terminal;

import org.jspecify.annotations.NullMarked;
