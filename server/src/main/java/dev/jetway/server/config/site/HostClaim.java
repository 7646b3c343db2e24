package dev.jetway.server.config.site;

import dev.jetway.base.SourcePosition;

/**
 * A host that a site wants. Immutable.
 *
 * @param host as {@link dev.jetway.route.Site#host} gives it
 * @param origin who says so
 * @param position where
 */
record HostClaim(String host, Origin origin, SourcePosition position) {
    /** Who names a host; an earlier one wins. */
    enum Origin {
        /** A file of the provider. */
        PROVIDER,
        /** The name of the site's folder. */
        FOLDER,
        /** The site's own file. */
        TENANT
    }
}
