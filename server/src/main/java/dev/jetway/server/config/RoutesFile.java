package dev.jetway.server.config;

import dev.jetway.base.TrustedWriters;
import dev.jetway.route.Route;
import dev.jetway.server.config.route.ModulesReader;
import dev.jetway.server.config.route.RouteDefaults;
import dev.jetway.server.config.route.SearchPath;
import dev.jetway.server.config.spin.SpinInputs;
import dev.jetway.server.config.spin.SpinReader;
import dev.jetway.server.config.table.Problems;
import dev.jetway.server.config.table.Section;
import dev.jetway.server.config.table.TomlFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Reads a file of routes that other servers read too: Wagi's {@code modules.toml}, or a manifest of
 * Spin, which its first key tells.
 */
record RoutesFile(
        Path workingDirectory, SpinInputs spin, RouteDefaults defaults, TrustedWriters writers) {
    /**
     * The routes of a file; none if it cannot be read, which the problems report.
     *
     * @param name of the file in problems
     */
    List<Route> read(Path file, String name, Set<Path> sources, Problems problems) {
        return TomlFile.read(file, name, problems)
                .map(root -> new Section(root, name, problems))
                .map(top ->
                        SpinReader.isManifest(top, file)
                                ? new SpinReader(file, defaults, spin, problems).read(top, sources)
                                : new ModulesReader(search(file, sources), name, defaults, problems)
                                        .read(top))
                .orElse(List.of());
    }

    private SearchPath search(Path file, Set<Path> sources) {
        Path folder = file.toAbsolutePath().getParent();
        return new SearchPath(
                        workingDirectory,
                        folder == null ? workingDirectory : folder,
                        sources,
                        writers)
                .pulling(spin.registries());
    }
}
