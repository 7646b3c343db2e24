package dev.jetway.sandbox.file;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The host's files for one run: nothing is opened and no memory is taken before a guest asks. Used
 * by the run's thread, which must close it and what it opened.
 */
public final class HostFiles implements AutoCloseable {
    private final Libc libc = new Libc();

    /**
     * A volume's root; it is opened when it is first used.
     *
     * @param directory where it is on the host
     * @param readOnly whether nothing in it may be changed
     */
    public Directory root(Path directory, boolean readOnly) {
        return HostDirectory.root(libc, new HostVolume(directory, readOnly));
    }

    /** Why there can be no volumes on this system; empty if there can. */
    public static Optional<String> unavailable() {
        return Availability.REASON;
    }

    @Override
    public void close() {
        libc.close();
    }

    /** Found out once; the native functions are looked up by it. */
    private static final class Availability {
        static final Optional<String> REASON = Optional.ofNullable(reason());

        private static @Nullable String reason() {
            String system = System.getProperty("os.name", "");
            String architecture = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
            if (!system.equals("Linux")) {
                return "volumes need Linux, this is " + system;
            }
            if (!architecture.equals("amd64") && !architecture.equals("aarch64")) {
                return "volumes need x86-64 or aarch64, this is " + architecture;
            }
            try (var libc = new Libc()) {
                libc.close(libc.openRoot(Path.of("/")));
                return null;
            } catch (LinkageError | IllegalCallerException e) {
                return "volumes need native access to the C library (--enable-native-access): "
                        + e.getMessage();
            }
        }
    }
}
