package dev.jetway.sandbox.file.linux;

import dev.jetway.sandbox.file.FileModes;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Whether this system has what volumes need; checked once. */
final class Availability {
    /** The reason why it has not; empty if it has. */
    static final Optional<String> HERE =
            reason(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));

    private Availability() {}

    static Optional<String> reason(String system, String architecture) {
        if (!system.equals("Linux")) {
            return Optional.of("volumes need Linux, this is " + system);
        }
        String lower = architecture.toLowerCase(Locale.ROOT);
        if (!lower.equals("amd64") && !lower.equals("aarch64")) {
            return Optional.of("volumes need x86-64 or aarch64, this is " + architecture);
        }
        try (var libc = new Libc(FileModes.DEFAULT)) {
            libc.close(libc.openRoot(Path.of("/")));
            return Optional.empty();
        } catch (LinkageError e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            return Optional.of(
                    "volumes need the C library (--enable-native-access): " + reason.getMessage());
        }
    }
}
