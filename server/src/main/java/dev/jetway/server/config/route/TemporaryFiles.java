package dev.jetway.server.config.route;

import dev.jetway.base.ByteSize;
import dev.jetway.route.Interpreters;
import dev.jetway.sandbox.Volume;
import dev.jetway.sandbox.file.FileLimits;
import dev.jetway.server.config.table.KeyValues;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Where a guest puts what it needs for a moment. Interpreters cannot do without: PHP drops a form
 * of more than 16 KiB if it finds no folder for temporary files.
 */
public final class TemporaryFiles {
    /** The scratch of a route whose module is an interpreter by its name, if nothing is said. */
    public static final ByteSize OF_INTERPRETER = ByteSize.ofMebibytes(64);

    /** Names the folder to most programs (POSIX.1-2017, 8.3). */
    private static final String VARIABLE = "TMPDIR";

    private TemporaryFiles() {}

    /** The limits of a route that says nothing of its own and runs a module of this name. */
    public static KeyValues standard(KeyValues limits, String module) {
        boolean enough = limits.get(LimitKeys.SCRATCH).bytes() > 0;
        return enough || !Interpreters.isOne(module)
                ? limits
                : limits.with(LimitKeys.SCRATCH, OF_INTERPRETER);
    }

    /** The same variables with one that names the folder, if the guest has it to write to. */
    public static SequencedMap<String, String> named(
            SequencedMap<String, String> environment, FileLimits files, List<Volume> volumes) {
        boolean there =
                volumes.stream()
                        .filter(v -> v.guestPath().equals(Volume.SCRATCH))
                        .findFirst()
                        .map(v -> !v.readOnly())
                        .orElse(files.scratch().bytes() > 0);
        if (!there) {
            return environment;
        }
        var named = new LinkedHashMap<>(environment);
        named.putIfAbsent(VARIABLE, Volume.SCRATCH);
        return named;
    }
}
