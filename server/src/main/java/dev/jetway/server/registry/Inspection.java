package dev.jetway.server.registry;

/**
 * A registry's description of a module. Immutable; texts are the registry's own.
 *
 * @param manifest its digest
 * @param manifestType its media type
 * @param configurationType its media type
 * @param configuration the text of it, cut where it is long
 * @param module its digest
 * @param moduleType its media type
 * @param size bytes of the module
 */
public record Inspection(
        Digest manifest,
        String manifestType,
        String configurationType,
        String configuration,
        Digest module,
        String moduleType,
        long size) {}
