@NullMarked
package dev.jetway.server.cli;

import org.jspecify.annotations.NullMarked;
