package dev.jetway.gateway;

import dev.jetway.route.Routed;

/** A route as requests find it, with what its kind of action needs while the server runs. */
public sealed interface ServedRoute extends Routed permits ServedModule {}
