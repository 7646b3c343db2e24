package dev.jetway.server.config.site;

import dev.jetway.failure.ErrorPages;
import dev.jetway.route.Site;
import dev.jetway.server.config.route.ErrorPagesReader;
import dev.jetway.server.config.route.SearchPath;
import dev.jetway.server.config.table.Key;
import dev.jetway.server.config.table.KeyValues;
import dev.jetway.server.config.table.KeysReader;
import dev.jetway.server.config.table.Problems;
import dev.jetway.server.config.table.Section;
import dev.jetway.server.config.table.TomlFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The provider's settings of one site: its plan, then {@code sites.d/NAME.toml}. Immutable.
 *
 * @param values of the site
 * @param plan the name of its plan, if it has one
 * @param suspended whether it answers 503
 * @param pages with the page of suspended sites, if it is one
 * @param claims its hosts
 * @param section the file, for listings
 */
record ProviderSite(
        SiteValues values,
        Optional<String> plan,
        boolean suspended,
        ErrorPages pages,
        List<HostClaim> claims,
        Optional<Section> section) {
    /** The folder beside {@code jetway.toml}. */
    static final String FOLDER = "sites.d";

    private static final String EXTENSION = ".toml";

    ProviderSite {
        claims = List.copyOf(claims);
    }

    /** The provider's file of a site, which is optional. */
    static Path file(Path folder, String site) {
        return folder.resolve(FOLDER).resolve(site + EXTENSION);
    }

    /**
     * Reads the file.
     *
     * @param sources collects the files
     */
    static ProviderSite read(
            SiteEntry entry, Hosting hosting, Plans plans, Set<Path> sources, Problems problems) {
        Path file = file(hosting.files().folder(), entry.name());
        String shown = file(Path.of(hosting.files().shown()), entry.name()).toString();
        sources.add(file);
        Optional<Section> section =
                Files.exists(file)
                        ? TomlFile.read(file, shown, problems)
                                .map(node -> new Section(node, shown, problems))
                        : Optional.empty();
        section.ifPresent(s -> s.rejectUnknown(SiteFileKeys.PROVIDER_NAMES, false));
        KeyValues said = section.map(s -> values(s, problems)).orElse(KeyValues.NONE);
        Optional<String> plan = said.find(SiteFileKeys.PLAN).or(hosting::defaultPlan);
        SiteValues base = SiteValues.of(hosting);
        if (plan.isPresent() && plans.byName().containsKey(plan.get())) {
            base = plans.byName().get(plan.get());
        } else if (plan.isPresent()) {
            problems.error(
                    section.map(s -> s.position(SiteFileKeys.PLAN.name())).orElse(entry.position()),
                    "there is no plan '"
                            + plan.get()
                            + "': make plans/"
                            + plan.get()
                            + ".toml, or name another");
        }
        SiteValues under = base;
        boolean suspended = said.find(SiteFileKeys.SUSPENDED).orElse(false);
        var search =
                new SearchPath(
                        hosting.files().folder(),
                        hosting.files().folder(),
                        sources,
                        hosting.writers());
        return new ProviderSite(
                section.map(s -> under.provided(s, hosting, problems)).orElse(under),
                plan,
                suspended,
                suspended && section.isPresent()
                        ? page(section.get(), search, problems)
                        : ErrorPages.NONE,
                claims(entry, said, section),
                section);
    }

    private static KeyValues values(Section section, Problems problems) {
        return KeysReader.ofTable(section, problems)
                .read(SiteFileKeys.PROVIDER, KeyValues.NONE, KeyValues.NONE);
    }

    private static ErrorPages page(Section section, SearchPath search, Problems problems) {
        return new ErrorPagesReader(search, problems)
                .readOne(section, SiteFileKeys.SUSPENDED_PAGE.name(), 503);
    }

    /** Hosts of the file replace the folder's name; aliases are added. */
    private static List<HostClaim> claims(
            SiteEntry entry, KeyValues said, Optional<Section> section) {
        var claims = new ArrayList<HostClaim>();
        for (Key<List<String>> key : List.of(SiteFileKeys.HOSTS, SiteFileKeys.ALIASES)) {
            for (String host : said.find(key).orElse(List.of())) {
                claims.add(
                        new HostClaim(
                                host,
                                HostClaim.Origin.PROVIDER,
                                section.orElseThrow().position(key.name())));
            }
        }
        if (said.find(SiteFileKeys.HOSTS).isEmpty()) {
            host(entry.name())
                    .ifPresent(name ->
                            claims.add(
                                    new HostClaim(
                                            name, HostClaim.Origin.FOLDER, entry.position())));
        }
        return claims;
    }

    private static Optional<String> host(String name) {
        try {
            return Optional.of(Site.host(name.toLowerCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            // Such a site has no host by default.
            return Optional.empty();
        }
    }
}
