/** The work of the commands about registries. Knows no command line. */
@NullMarked
package dev.jetway.server.cli.registry;

import org.jspecify.annotations.NullMarked;
