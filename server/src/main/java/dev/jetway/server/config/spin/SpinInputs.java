package dev.jetway.server.config.spin;

import dev.jetway.server.registry.RegistrySettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The surroundings that an application of Spin is read in. Immutable.
 *
 * @param environment of the process; only {@code SPIN_VARIABLE_*} and folders are read
 * @param workingDirectory of the process, in which Spin looks for {@code .env}
 * @param copies the folder for copies of files; empty if there is none
 * @param onlyCheck whether files are only listed, not copied
 * @param registries settings of modules that other machines have
 */
public record SpinInputs(
        Map<String, String> environment,
        Path workingDirectory,
        Optional<Path> copies,
        boolean onlyCheck,
        RegistrySettings registries) {
    private static final String FOLDER = "spin";

    /** Inputs without modules of other machines. */
    public SpinInputs(
            Map<String, String> environment,
            Path workingDirectory,
            Optional<Path> copies,
            boolean onlyCheck) {
        this(environment, workingDirectory, copies, onlyCheck, RegistrySettings.DEFAULT);
    }

    /** The folder of copies in a folder of generated files. */
    public static Path copies(Path stateFolder) {
        return stateFolder.resolve(FOLDER);
    }

    /** The surroundings with another folder of generated files. */
    public SpinInputs in(Path stateFolder) {
        return new SpinInputs(
                environment,
                workingDirectory,
                Optional.of(copies(stateFolder)),
                onlyCheck,
                registries);
    }

    /** The surroundings with other settings of registries. */
    public SpinInputs pulling(RegistrySettings settings) {
        return new SpinInputs(environment, workingDirectory, copies, onlyCheck, settings);
    }

    /** Copies the map. */
    public SpinInputs {
        environment = Map.copyOf(environment);
    }
}
