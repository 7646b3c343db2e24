/**
 * Modules that other machines have: references to them, their transfer by the protocol of OCI
 * registries, and the folder that keeps them. Knows no configuration and no command.
 */
@NullMarked
package dev.jetway.server.registry;

import org.jspecify.annotations.NullMarked;
