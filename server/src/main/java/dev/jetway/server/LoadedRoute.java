package dev.jetway.server;

import dev.jetway.cgi.ServedRoute;
import dev.jetway.module.ModuleLoad;
import java.util.Optional;

/**
 * A route after its module was loaded.
 *
 * @param served what requests find
 * @param load where the module came from and how long it took; empty if it did not load
 */
public record LoadedRoute(ServedRoute served, Optional<ModuleLoad> load) {}
