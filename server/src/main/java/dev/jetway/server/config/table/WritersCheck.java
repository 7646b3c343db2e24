package dev.jetway.server.config.table;

import dev.jetway.base.SourcePosition;
import dev.jetway.base.TrustedWriters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.function.Function;

/** Refuses configuration files that others than trusted users may write. */
public final class WritersCheck {
    private final TrustedWriters writers;
    private final Problems problems;

    /** A check by a rule. */
    public WritersCheck(TrustedWriters writers, Problems problems) {
        this.writers = writers;
        this.problems = problems;
    }

    /**
     * Checks files; folders and missing files are left out.
     *
     * @param shown a file's name for messages
     */
    public void check(Collection<Path> sources, Function<Path, String> shown) {
        if (!writers.checked()) {
            return;
        }
        for (Path source : sources) {
            if (Files.isRegularFile(source) && !isTrusted(source)) {
                problems.error(new SourcePosition(shown.apply(source), 0), TrustedWriters.REFUSAL);
            }
        }
    }

    /** Whether only trusted users may write a file; true if it is gone. */
    public boolean isTrusted(Path file) {
        try {
            return writers.trusts(file);
        } catch (IOException e) {
            // Removed meanwhile: not read again either.
            return true;
        }
    }
}
