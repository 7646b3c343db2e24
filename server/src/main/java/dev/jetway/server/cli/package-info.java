/**
 * The commands of the jetway program. Knows configuration; reaches a running server by an interface
 * only.
 */
@NullMarked
package dev.jetway.server.cli;

import org.jspecify.annotations.NullMarked;
