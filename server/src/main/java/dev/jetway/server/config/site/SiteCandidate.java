package dev.jetway.server.config.site;

import dev.jetway.route.Route;
import dev.jetway.route.Site;
import dev.jetway.server.config.table.Problem;
import dev.jetway.server.config.table.SourceStamps;
import java.util.List;
import java.util.Optional;

/**
 * A site as it was read, before hosts that two sites want are settled. Immutable.
 *
 * @param entry its folder
 * @param content what it serves
 * @param problems of its files
 * @param good what it last served without an error; its own content if it has none now
 * @param stamps of all that it was read from
 * @param context what it was read with; a site is read again if that has changed
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
     * What a site serves.
     *
     * @param state how it stands with the site
     * @param site without hosts
     * @param routes of that site
     * @param claims its hosts, if no other site wants them
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
