package dev.jetway.server.config.site;

import dev.jetway.route.Route;
import dev.jetway.route.Site;
import dev.jetway.server.config.table.Problem;
import dev.jetway.server.config.table.SourceStamps;
import dev.jetway.server.config.table.StampedPaths;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The result of one scan for sites that are folders. Immutable. */
public final class SiteScan {
    /** The result before the first scan. */
    public static final SiteScan NONE =
            new SiteScan(Map.of(), List.of(), List.of(), List.of(), new SourceStamps(Map.of()), 0);

    private final Map<String, SiteCandidate> candidates;
    private final List<SiteStatus> sites;
    private final List<Route> routes;
    private final List<Problem> problems;
    private final SourceStamps sources;
    private final int sitesRead;

    private SiteScan(
            Map<String, SiteCandidate> candidates,
            List<SiteStatus> sites,
            List<Route> routes,
            List<Problem> problems,
            SourceStamps others,
            int sitesRead) {
        this.candidates = candidates;
        this.sites = List.copyOf(sites);
        this.routes = List.copyOf(routes);
        this.problems = List.copyOf(problems);
        this.sitesRead = sitesRead;
        var all = new StampedPaths();
        all.addAll(others);
        candidates.values().forEach(c -> all.addAll(c.stamps()));
        this.sources = all.stamps();
    }

    /**
     * Settles the hosts of sites.
     *
     * @param problems of folders that cannot be sites
     * @param others files and folders of the scan other than those of the sites
     * @param sitesRead number of sites that were read; the others were unchanged
     */
    static SiteScan of(
            Map<String, SiteCandidate> candidates,
            Hosting hosting,
            List<Problem> problems,
            SourceStamps others,
            int sitesRead) {
        var claims =
                new HostClaims(
                        candidates.values().stream()
                                .filter(c -> c.entry().userRoot().isEmpty())
                                .toList(),
                        hosting.taken().hosts());
        var sites = new ArrayList<SiteStatus>();
        var routes = new ArrayList<Route>();
        candidates.forEach((name, candidate) -> {
            boolean user = candidate.entry().userRoot().isPresent();
            var hosts = new ArrayList<>(user ? hosting.userHosts() : claims.hosts(name));
            var own = new ArrayList<>(candidate.problems());
            own.addAll(user ? hostsOfUser(candidate) : claims.problems(name));
            if (hosts.isEmpty() && claims.problems(name).isEmpty()) {
                own.add(noHost(candidate));
            }
            if (hosting.defaultSite().filter(name::equals).isPresent()) {
                hosts.add(Site.ANY_HOST);
            }
            sites.add(
                    new SiteStatus(
                            name,
                            candidate.entry().folder(),
                            candidate.entry().shown(),
                            candidate.content().state(),
                            hosts.stream().map(h -> user ? h + "/" + name : h).toList(),
                            own));
            if (!hosts.isEmpty()) {
                Site site = candidate.content().site().withHosts(hosts);
                candidate
                        .content()
                        .routes()
                        .forEach(r -> routes.add(r.of(site).below(site.prefix())));
            }
        });
        return new SiteScan(
                new LinkedHashMap<>(candidates), sites, routes, problems, others, sitesRead);
    }

    private static Problem noHost(SiteCandidate site) {
        return new Problem(
                Problem.Severity.ERROR,
                site.entry().position(),
                "the site has no host: its folder's name is none, so name 'hosts' in "
                        + ProviderSite.file(Path.of(""), site.entry().name()));
    }

    /** A user's site answers on the hosts of all users. */
    private static List<Problem> hostsOfUser(SiteCandidate site) {
        return site.content().claims().stream()
                .map(claim ->
                        new Problem(
                                Problem.Severity.ERROR,
                                claim.position(),
                                "'"
                                        + claim.host()
                                        + "': a user's site answers below /"
                                        + site.entry().name()
                                        + " only: take it out"))
                .toList();
    }

    /** The sites by name. */
    Map<String, SiteCandidate> candidates() {
        return candidates;
    }

    /** All sites, in the order of the patterns and of their names. */
    public List<SiteStatus> sites() {
        return sites;
    }

    /** The routes of all sites. */
    public List<Route> routes() {
        return routes;
    }

    /** All problems: of folders that cannot be sites, then of each site. */
    public List<Problem> problems() {
        var all = new ArrayList<>(problems);
        sites.forEach(site -> all.addAll(site.problems()));
        return List.copyOf(all);
    }

    /** All files and folders of the scan, existing or not. */
    public SourceStamps sources() {
        return sources;
    }

    /** The number of sites that were read; the others were unchanged. */
    public int sitesRead() {
        return sitesRead;
    }
}
