package dev.jetway.route;

import dev.jetway.base.ByteSize;
import dev.jetway.failure.ErrorPages;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A tenant: its hosts, and the limits of all its routes together. Immutable; safe to share between
 * threads.
 *
 * @param name for logs, metrics and folders; with {@code ~} in front for a user's site
 * @param hosts in lower case, without a port: {@code example.org}, or {@code *.example.org} for all
 *     names below it
 * @param share of the server
 * @param memory linear memory of all its guests together
 * @param volumes limits of its guests' volumes; empty for those of the host
 * @param errorPages replacements of error pages where no route matches
 */
public record Site(
        String name,
        List<String> hosts,
        TenantLimits share,
        ByteSize memory,
        Optional<VolumeLimits> volumes,
        ErrorPages errorPages,
        Https https) {
    /** Maximum hosts of a site. */
    public static final int MAX_HOSTS = 1000;

    /** The maximum of {@link #memory()}. */
    public static final ByteSize MAX_MEMORY = ByteSize.ofMebibytes(1L << 20);

    /** The site of routes that name none: it answers all hosts that no other site has. */
    public static final Site DEFAULT = new Site("default", List.of(), TenantLimits.ALL, MAX_MEMORY);

    /** The first character of the name of a user's site, and of its path on its hosts. */
    private static final String USER = "~";

    /** The host of the site that answers hosts of no site; cannot be written in a configuration. */
    public static final String ANY_HOST = "*";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final String LABEL = "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?";
    private static final Pattern HOST =
            Pattern.compile("(\\*\\.)?" + LABEL + "(\\." + LABEL + ")*|\\[[0-9a-f:.]+]");

    /** Copies the list. */
    public Site {
        hosts = List.copyOf(hosts);
    }

    /** This site with other hosts. */
    public Site withHosts(List<String> others) {
        return new Site(name, others, share, memory, volumes, errorPages, https);
    }

    /** A site without limits of its volumes. */
    public Site(String name, List<String> hosts, TenantLimits share, ByteSize memory) {
        this(name, hosts, share, memory, Optional.empty(), ErrorPages.NONE, Https.NONE);
    }

    /** A site without replaced error pages. */
    public Site(
            String name,
            List<String> hosts,
            TenantLimits share,
            ByteSize memory,
            Optional<VolumeLimits> volumes) {
        this(name, hosts, share, memory, volumes, ErrorPages.NONE, Https.NONE);
    }

    /**
     * Checks a site's name.
     *
     * @throws IllegalArgumentException if it is invalid
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
     * The name of a user's site: {@code ~alice}. No other site can have such a name.
     *
     * @throws IllegalArgumentException if the user's name is invalid
     */
    public static String ofUser(String user) {
        return USER + name(user);
    }

    /** Checks the name of a site or of a user's site. */
    public static String anyName(String text) {
        return text.startsWith(USER) ? ofUser(text.substring(USER.length())) : name(text);
    }

    /** The path below which the site answers on its hosts: {@code /~alice}; empty for all paths. */
    public String prefix() {
        return name.startsWith(USER) ? "/" + name : "";
    }

    /**
     * Checks a host of a site.
     *
     * @throws IllegalArgumentException if it is invalid
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
     * Rules of HTTPS. Immutable.
     *
     * @param redirect whether requests over plain HTTP are redirected to HTTPS
     * @param hsts time for which browsers must use HTTPS only ({@code Strict-Transport-Security},
     *     RFC 6797); empty for no such field
     */
    public record Https(boolean redirect, Optional<Duration> hsts) {
        /** The maximum of {@link #hsts()}: two years. */
        public static final Duration MAX_HSTS = Duration.ofDays(730);

        /** No rules. */
        public static final Https NONE = new Https(false, Optional.empty());
    }
}
