package dev.jetway.server.config.site;

/**
 * The effective value of a site's key, with its source. Immutable.
 *
 * @param key as in files, {@code limits.time}
 * @param value as in files
 * @param from file and line, or {@code default}
 */
public record EffectiveValue(String key, String value, String from) {}
