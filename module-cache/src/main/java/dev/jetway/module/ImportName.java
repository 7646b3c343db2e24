package dev.jetway.module;

/**
 * Something that a module wants of its host.
 *
 * @param module the first name, for example {@code wasi_snapshot_preview1}
 * @param name the second name, for example {@code fd_write}
 * @param function whether it is a function; else a memory, table, global or tag
 */
public record ImportName(String module, String name, boolean function) {
    @Override
    public String toString() {
        return module + "." + name;
    }
}
