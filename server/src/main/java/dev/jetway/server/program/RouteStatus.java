package dev.jetway.server.program;

import dev.jetway.route.ModuleRoute;

/**
 * A route with the state of its module.
 *
 * @param configured as configured, or as declared by a module
 * @param state of its module
 */
public record RouteStatus(ModuleRoute configured, LoadState state) {}
