package dev.jetway.server.cli;

import java.nio.file.Path;
import java.util.Map;

/**
 * What the process was started in: the only way by which the environment reaches the commands.
 *
 * @param environment the environment variables
 * @param workingDirectory what relative paths are resolved against
 * @param home the folder of the installation, with its {@code conf}
 * @param version what {@code jetway version} prints
 * @param processors what defaults follow
 * @param root whether the process is root's
 */
public record LaunchEnvironment(
        Map<String, String> environment,
        Path workingDirectory,
        Path home,
        String version,
        int processors,
        boolean root) {}
