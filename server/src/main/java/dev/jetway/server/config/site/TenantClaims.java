package dev.jetway.server.config.site;

import dev.jetway.server.config.table.Key;
import dev.jetway.server.config.table.Problems;
import dev.jetway.server.config.table.Section;
import java.util.ArrayList;
import java.util.List;

/** Hosts that a tenant claims, as far as the provider allows it. */
final class TenantClaims {
    private static final String STAR = "*.";

    private final TenantHosts allowed;
    private final List<HostClaim> own;
    private final Problems problems;

    /**
     * A reader for one site.
     *
     * @param own hosts that the site has without its file
     */
    TenantClaims(TenantHosts allowed, List<HostClaim> own, Problems problems) {
        this.allowed = allowed;
        this.own = List.copyOf(own);
        this.problems = problems;
    }

    /** The allowed claims; each other one is a problem. */
    List<HostClaim> read(Section section, TenantSettings settings) {
        var claims = new ArrayList<HostClaim>();
        for (Key<List<String>> key : List.of(SiteFileKeys.HOSTS, SiteFileKeys.ALIASES)) {
            for (String host : settings.keys().find(key).orElse(List.of())) {
                var claim =
                        new HostClaim(host, HostClaim.Origin.TENANT, section.position(key.name()));
                String wrong = wrong(host);
                if (wrong.isEmpty()) {
                    claims.add(claim);
                } else {
                    problems.error(
                            claim.position(), "'" + key.name() + "': '" + host + "' " + wrong);
                }
            }
        }
        return claims;
    }

    private String wrong(String host) {
        boolean has = own.stream().anyMatch(claim -> claim.host().equals(host));
        boolean below = own.stream().anyMatch(claim -> isBelow(host, claim.host()));
        if (has || (below && allowed != TenantHosts.NONE)) {
            return "";
        }
        return switch (allowed) {
            case NONE -> "is not for a site to name: ask the provider to";
            case BELOW -> "is not below a host of this site: ask the provider to name it";
            case ANY ->
                    host.startsWith(STAR)
                            ? "stands for hosts that are not below one of this site"
                            : "";
        };
    }

    /** Whether a name, or all names that a pattern matches, are below a host. */
    static boolean isBelow(String host, String above) {
        String name = above.startsWith(STAR) ? above.substring(STAR.length()) : above;
        return host.endsWith("." + name);
    }
}
