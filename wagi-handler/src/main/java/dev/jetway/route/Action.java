package dev.jetway.route;

/** How a route answers. A new kind is one record here, its reader and its handler. */
public sealed interface Action permits RunModule, RunScript, ServeFolder, Refuse {
    /** What the route makes of encoded slashes in a path. */
    EncodedSlashes encodedSlashes();
}
