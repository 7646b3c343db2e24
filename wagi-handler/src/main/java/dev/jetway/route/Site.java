package dev.jetway.route;

import dev.jetway.base.ByteSize;
import dev.jetway.failure.ErrorPages;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A tenant: the hosts it answers, and what all its routes together may take of the server.
 * Immutable; safe to share between threads.
 *
 * @param name for logs, metrics and folders
 * @param hosts in lower case, without a port: {@code example.org}, or {@code *.example.org} for all
 *     names below it
 * @param share of the server
 * @param memory linear memory of all its guests together
 * @param volumes what its guests may keep in their volumes; empty: as much as the host has
 * @param errorPages what is shown instead of error pages where no route matches
 * @param https how it holds to HTTPS
 */
public record Site(
        String name,
        List<String> hosts,
        TenantLimits share,
        ByteSize memory,
        Optional<VolumeLimits> volumes,
        ErrorPages errorPages,
        Https https) {
    /** Hosts of one site. */
    public static final int MAX_HOSTS = 1000;

    /** The range of {@link #memory()}. */
    public static final ByteSize MAX_MEMORY = ByteSize.ofMebibytes(1L << 20);

    /** The site of routes that name none: it answers every host that no other site does. */
    public static final Site DEFAULT = new Site("default", List.of(), TenantLimits.ALL, MAX_MEMORY);

    /** The host of the one site that answers hosts which no site has; nobody can write it. */
    public static final String ANY_HOST = "*";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final String LABEL = "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?";
    private static final Pattern HOST =
            Pattern.compile("(\\*\\.)?" + LABEL + "(\\." + LABEL + ")*|\\[[0-9a-f:.]+]");

    /** Copies the list. */
    public Site {
        hosts = List.copyOf(hosts);
    }

    /** The same site with other hosts. */
    public Site withHosts(List<String> others) {
        return new Site(name, others, share, memory, volumes, errorPages, https);
    }

    /** A site whose volumes are bounded by the host only. */
    public Site(String name, List<String> hosts, TenantLimits share, ByteSize memory) {
        this(name, hosts, share, memory, Optional.empty(), ErrorPages.NONE, Https.NONE);
    }

    /** A site that shows our own error pages. */
    public Site(
            String name,
            List<String> hosts,
            TenantLimits share,
            ByteSize memory,
            Optional<VolumeLimits> volumes) {
        this(name, hosts, share, memory, volumes, ErrorPages.NONE, Https.NONE);
    }

    /**
     * A site's name.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static String name(String text) {
        if (!NAME.matcher(text).matches() || text.equals(DEFAULT.name())) {
            throw new IllegalArgumentException(
                    "a site's name is 1 to 63 letters, digits, '.', '-' and '_', begins with a"
                            + " letter or a digit, and is not 'default'");
        }
        return text;
    }

    /**
     * A host of a site.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static String host(String text) {
        String host = text.toLowerCase(Locale.ROOT);
        if (host.length() > 253 || !HOST.matcher(host).matches()) {
            throw new IllegalArgumentException(
                    "a host is a name without a port (\"example.org\", \"*.example.org\"; other"
                            + " letters than ASCII as xn--…)");
        }
        return host;
    }

    @Override
    public String toString() {
        return name;
    }

    /**
     * How a site holds to HTTPS. Immutable.
     *
     * @param redirect whether a request over plain HTTP is sent to the same address over HTTPS
     * @param hsts for how long browsers shall use HTTPS only ({@code Strict-Transport-Security},
     *     RFC 6797); empty: they are not told
     */
    public record Https(boolean redirect, Optional<Duration> hsts) {
        /** The longest time for browsers: two years. */
        public static final Duration MAX_HSTS = Duration.ofDays(730);

        /** Neither. */
        public static final Https NONE = new Https(false, Optional.empty());
    }
}
