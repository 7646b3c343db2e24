package dev.jetway.server.config.site;

import dev.jetway.base.SourcePosition;
import dev.jetway.server.config.table.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Assigns each host to one site. Claims of the provider precede names of folders, which precede
 * claims of tenants; of equal claims the first site's wins. A tenant's claim below a host of
 * another site belongs to that site. Used by one thread.
 */
final class HostClaims {
    private static final String STAR = "*.";

    private record Owner(String site, HostClaim.Origin origin, SourcePosition position) {}

    private final Map<String, Owner> owners = new HashMap<>();
    private final Map<String, List<String>> hosts = new LinkedHashMap<>();
    private final Map<String, List<Problem>> problems = new HashMap<>();

    /**
     * Settles all claims.
     *
     * @param taken hosts of sites that are not folders
     */
    HostClaims(Collection<SiteCandidate> sites, Map<String, SourcePosition> taken) {
        taken.forEach((host, position) ->
                owners.put(host, new Owner("", HostClaim.Origin.PROVIDER, position)));
        for (HostClaim.Origin origin : HostClaim.Origin.values()) {
            for (SiteCandidate site : sites) {
                for (HostClaim claim : site.content().claims()) {
                    if (claim.origin() == origin) {
                        settle(site.entry().name(), claim);
                    }
                }
            }
        }
    }

    private void settle(String site, HostClaim claim) {
        var own = new Owner(site, claim.origin(), claim.position());
        Owner owner = owner(claim, own);
        if (!owner.site().equals(site)) {
            problems.computeIfAbsent(site, _ -> new ArrayList<>())
                    .add(
                            new Problem(
                                    Problem.Severity.ERROR,
                                    claim.position(),
                                    "the host '"
                                            + claim.host()
                                            + "' belongs to the site at "
                                            + owner.position()
                                            + ": name another, or take it out there"));
        } else if (owners.putIfAbsent(claim.host(), own) == null) {
            hosts.computeIfAbsent(site, _ -> new ArrayList<>()).add(claim.host());
        }
    }

    /** The site that has a host or, for a tenant's claim, the nearest host above it. */
    private Owner owner(HostClaim claim, Owner own) {
        Owner owner = owners.get(claim.host());
        if (owner != null || claim.origin() != HostClaim.Origin.TENANT) {
            return owner == null ? own : owner;
        }
        String name = claim.host();
        for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
            String above = name.substring(dot + 1);
            Owner found = owners.getOrDefault(above, owners.get(STAR + above));
            if (found != null && found.origin() != HostClaim.Origin.TENANT) {
                return found;
            }
        }
        return own;
    }

    /** The hosts of a site, in the order of assignment. */
    List<String> hosts(String site) {
        return List.copyOf(hosts.getOrDefault(site, List.of()));
    }

    /** Hosts that a site claims and another has. */
    List<Problem> problems(String site) {
        return List.copyOf(problems.getOrDefault(site, List.of()));
    }
}
