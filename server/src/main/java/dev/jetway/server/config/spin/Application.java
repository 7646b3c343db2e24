package dev.jetway.server.config.spin;

import dev.jetway.server.config.route.RouteDefaults;
import dev.jetway.server.config.table.Problems;
import java.nio.file.Path;
import java.util.Set;

/**
 * Facts of one {@code spin.toml} for the readers of its parts. Immutable but for the collections,
 * which are filled while it is read.
 *
 * @param manifest the file, absolute
 * @param folder of the file, without links
 * @param defaults of its routes
 * @param inputs of the process
 * @param sources collects files and folders whose changes change the configuration
 */
record Application(
        Path manifest,
        Path folder,
        RouteDefaults defaults,
        SpinInputs inputs,
        Set<Path> sources,
        Problems problems) {}
