package dev.jetway.server.config.spin;

import dev.jetway.base.SourcePosition;
import dev.jetway.route.RoutePattern;
import dev.jetway.server.config.table.Section;
import java.util.Optional;

/**
 * A route of a manifest and what is behind it. Immutable.
 *
 * @param pattern its paths
 * @param id of its component
 * @param component behind it; empty if something else is, which cannot be served
 * @param executor of the component
 * @param position in the manifest
 */
record Trigger(
        RoutePattern pattern,
        String id,
        Optional<Section> component,
        Executor executor,
        SourcePosition position) {}
