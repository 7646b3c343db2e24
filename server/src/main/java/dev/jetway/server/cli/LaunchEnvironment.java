package dev.jetway.server.cli;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The environment of the process, in the only form that reaches the commands.
 *
 * @param environment the environment variables
 * @param workingDirectory base of relative paths
 * @param home the folder of the installation, with its {@code conf}
 * @param version printed by {@code jetway version}
 * @param processors number that defaults follow
 * @param root whether the process runs as root
 */
public record LaunchEnvironment(
        Map<String, String> environment,
        Path workingDirectory,
        Path home,
        String version,
        int processors,
        boolean root) {
    /** This environment with further variables, which replace others of their names. */
    LaunchEnvironment with(Map<String, String> variables) {
        var all = new HashMap<>(environment);
        all.putAll(variables);
        return new LaunchEnvironment(all, workingDirectory, home, version, processors, root);
    }
}
