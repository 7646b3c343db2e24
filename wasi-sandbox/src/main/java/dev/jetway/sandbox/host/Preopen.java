package dev.jetway.sandbox.host;

import dev.jetway.sandbox.file.Directory;

/**
 * A directory that a guest has from its start.
 *
 * @param name what the guest calls it
 * @param directory the directory; closed with the run
 */
public record Preopen(String name, Directory directory) {}
