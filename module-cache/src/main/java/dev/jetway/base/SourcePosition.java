package dev.jetway.base;

/**
 * A place in a configuration file. Immutable.
 *
 * @param file the file as the operator named it
 * @param line from 1; 0 when the whole file is meant
 */
public record SourcePosition(String file, int line) {
    /** {@code modules.toml:12}, or the file alone for line 0. */
    @Override
    public String toString() {
        return line > 0 ? file + ":" + line : file;
    }
}
