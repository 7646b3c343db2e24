package dev.jetway.module.source;

/**
 * A stamp of a module's content. Two stamps of one reference differ if the content may differ.
 * Immutable.
 *
 * @param stamp compared as a whole; has no meaning of its own
 */
public record ModuleVersion(String stamp) {}
