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
 * Temporary folders of guests. Interpreters need one: without it PHP drops forms of more than 16
 * KiB.
 */
public final class TemporaryFiles {
    /** Default scratch size of a route whose module has an interpreter's name. */
    public static final ByteSize OF_INTERPRETER = ByteSize.ofMebibytes(64);

    /** The variable in which most programs look for the folder (POSIX.1-2017, 8.3). */
    private static final String VARIABLE = "TMPDIR";

    private TemporaryFiles() {}

    /** The default limits of a route with a module of this name. */
    public static KeyValues standard(KeyValues limits, String module) {
        boolean enough = limits.get(LimitKeys.SCRATCH).bytes() > 0;
        return enough || !Interpreters.isOne(module)
                ? limits
                : limits.with(LimitKeys.SCRATCH, OF_INTERPRETER);
    }

    /** The variables with one that names the folder, if the guest has a writable one. */
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
