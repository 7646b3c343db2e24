package dev.jetway.module;

/**
 * An import of a module. Immutable.
 *
 * @param module the first name, for example {@code wasi_snapshot_preview1}
 * @param name the second name, for example {@code fd_write}
 * @param kind what it must be
 */
public record ImportName(String module, String name, Kind kind) {
    /** The kinds of imports. */
    public enum Kind {
        /** A function. */
        FUNCTION,
        /** A table of references. */
        TABLE,
        /** A linear memory. */
        MEMORY,
        /** A global variable or constant. */
        GLOBAL,
        /** An exception tag. */
        TAG
    }

    /** Whether it is a function. */
    public boolean function() {
        return kind == Kind.FUNCTION;
    }

    @Override
    public String toString() {
        return module + "." + name;
    }
}
