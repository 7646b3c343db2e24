package dev.jetway.server.config.site;

import dev.jetway.route.Route;
import dev.jetway.route.Site;
import dev.jetway.server.config.table.Problem;
import dev.jetway.server.config.table.SourceStamps;
import java.util.List;
import java.util.Optional;

/**
 * A site as read, before competing claims of hosts are settled. Immutable.
 *
 * @param entry its folder
 * @param content the content to serve
 * @param problems of its files
 * @param good the last content without an error; the current one if there is none
 * @param stamps of all its files
 * @param context other inputs; a change means another read
 */
record SiteCandidate(
        SiteEntry entry,
        Content content,
        List<Problem> problems,
        Optional<Content> good,
        SourceStamps stamps,
        Object context) {
    SiteCandidate {
        problems = List.copyOf(problems);
    }

    /**
     * The content of a site.
     *
     * @param state of the site
     * @param site without hosts
     * @param routes of the site
     * @param claims the hosts that it claims
     */
    record Content(SiteState state, Site site, List<Route> routes, List<HostClaim> claims) {
        Content {
            routes = List.copyOf(routes);
            claims = List.copyOf(claims);
        }

        Content with(SiteState other) {
            return new Content(other, site, routes, claims);
        }
    }
}
