package dev.jetway.server.config.site;

/**
 * What holds for a site, and who says so. Immutable.
 *
 * @param key as files write it, {@code limits.time}
 * @param value as files write it
 * @param from file and line, or {@code default}
 */
public record EffectiveValue(String key, String value, String from) {}
