package dev.jetway.server.program;

import dev.jetway.route.ModuleRoute;

/**
 * A route and what has become of its module so far.
 *
 * @param configured as configured, or as a module declares it
 * @param state of its module
 */
public record RouteStatus(ModuleRoute configured, LoadState state) {}
