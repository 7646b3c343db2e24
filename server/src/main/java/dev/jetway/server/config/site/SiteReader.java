package dev.jetway.server.config.site;

import dev.jetway.failure.ErrorPages;
import dev.jetway.route.Access;
import dev.jetway.route.Action.Refuse;
import dev.jetway.route.Route;
import dev.jetway.route.RoutePattern;
import dev.jetway.route.Site;
import dev.jetway.server.config.route.SiteKeys;
import dev.jetway.server.config.site.SiteCandidate.Content;
import dev.jetway.server.config.table.Problem;
import dev.jetway.server.config.table.Problems;
import dev.jetway.server.config.table.StampedPaths;
import dev.jetway.server.config.table.WritersCheck;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads one site: the provider's settings, then its folder. */
final class SiteReader {
    private static final RoutePattern ALL = new RoutePattern("/...");

    private final Hosting hosting;
    private final Plans plans;

    SiteReader(Hosting hosting, Plans plans) {
        this.hosting = hosting;
        this.plans = plans;
    }

    /**
     * The inputs of a site other than its files; equal if they have the same effect on it.
     *
     * @param hosting settings for all sites
     * @param plan the name of its plan
     * @param values of its plan
     */
    private record Context(Hosting hosting, Optional<String> plan, Optional<SiteValues> values) {}

    /** Whether reading the site again would give an equal result. */
    boolean isCurrent(SiteCandidate site) {
        return site.context() instanceof Context context
                && context.hosting().equals(hosting)
                && context.equals(context(context.plan()))
                && site.stamps().now().equals(site.stamps());
    }

    private Context context(Optional<String> plan) {
        return new Context(
                hosting, plan, plan.flatMap(p -> Optional.ofNullable(plans.byName().get(p))));
    }

    /**
     * Reads a site.
     *
     * @param before the result of the last read
     * @return empty if the folder has been removed
     */
    Optional<SiteCandidate> read(SiteEntry entry, Optional<SiteCandidate> before) {
        var sources = new StampedPaths();
        sources.add(entry.folder());
        var said = new Problems();
        ProviderSite provider = ProviderSite.read(entry, hosting, plans, sources, said);
        new WritersCheck(hosting.writers(), said).check(sources, Path::toString);
        var own = Problems.ofTenant();
        Optional<Content> content =
                provider.suspended()
                        ? Optional.of(refusal(entry, provider, Refuse.Reason.SUSPENDED))
                        : new TenantReader(entry, hosting, provider, sources, own).read();
        if (content.isEmpty() && !Files.exists(entry.folder())) {
            return Optional.empty();
        }
        List<Problem> problems = new ArrayList<>(said.all());
        problems.addAll(own.all());
        boolean broken = content.isEmpty() || said.hasErrors() || own.hasErrors();
        Optional<Content> good = before.flatMap(SiteCandidate::good);
        if (!broken && !provider.suspended()) {
            good = content;
        }
        Content served =
                broken
                        ? suspended(before, said)
                                .or(() ->
                                        before.flatMap(SiteCandidate::good)
                                                .map(g -> g.with(SiteState.KEPT)))
                                .orElseGet(() -> refusal(entry, provider, Refuse.Reason.BROKEN))
                        : content.orElseThrow();
        return Optional.of(
                new SiteCandidate(
                        entry, served, problems, good, sources.stamps(), context(provider.plan())));
    }

    /** A suspended site stays suspended until the provider's file is valid. */
    private static Optional<Content> suspended(Optional<SiteCandidate> before, Problems said) {
        return said.hasErrors()
                ? before.map(SiteCandidate::content).filter(c -> c.state() == SiteState.SUSPENDED)
                : Optional.empty();
    }

    private Content refusal(SiteEntry entry, ProviderSite provider, Refuse.Reason reason) {
        ErrorPages pages = provider.pages().over(hosting.errorPages());
        Site site = site(entry, provider.values(), pages, Site.Https.NONE);
        return new Content(
                reason == Refuse.Reason.SUSPENDED ? SiteState.SUSPENDED : SiteState.BROKEN,
                site,
                List.of(
                        new Route(
                                site,
                                ALL,
                                Access.OPEN,
                                pages,
                                entry.position(),
                                new Refuse(reason))),
                provider.claims());
    }

    /** A site without hosts. */
    static Site site(SiteEntry entry, SiteValues values, ErrorPages pages, Site.Https https) {
        return new Site(
                entry.name(),
                List.of(),
                SiteKeys.share(values.limits()),
                values.limits().get(SiteKeys.MEMORY),
                SiteKeys.volumes(values.limits()),
                pages,
                https);
    }
}
