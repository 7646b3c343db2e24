package dev.jetway.server.config.spin;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The surroundings that an application of Spin is read in. Immutable.
 *
 * @param environment of the process; only {@code SPIN_VARIABLE_*} is read
 * @param workingDirectory of the process, in which Spin looks for {@code .env}
 * @param copies the folder for copies of files; empty if there is none
 * @param onlyCheck whether files are only listed, not copied
 */
public record SpinInputs(
        Map<String, String> environment,
        Path workingDirectory,
        Optional<Path> copies,
        boolean onlyCheck) {
    private static final String FOLDER = "spin";

    /** The folder of copies in a folder of generated files. */
    public static Path copies(Path stateFolder) {
        return stateFolder.resolve(FOLDER);
    }

    /** The surroundings with another folder of generated files. */
    public SpinInputs in(Path stateFolder) {
        return new SpinInputs(
                environment, workingDirectory, Optional.of(copies(stateFolder)), onlyCheck);
    }

    /** Copies the map. */
    public SpinInputs {
        environment = Map.copyOf(environment);
    }
}
