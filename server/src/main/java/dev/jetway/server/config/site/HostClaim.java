package dev.jetway.server.config.site;

import dev.jetway.base.SourcePosition;

/**
 * A host that a site claims. Immutable.
 *
 * @param host as {@link dev.jetway.route.Site#host} returns it
 * @param origin of the claim
 * @param position of the claim
 */
record HostClaim(String host, Origin origin, SourcePosition position) {
    /** The origins of claims, by precedence. */
    enum Origin {
        /** A file of the provider. */
        PROVIDER,
        /** The name of the site's folder. */
        FOLDER,
        /** The site's own file. */
        TENANT
    }
}
