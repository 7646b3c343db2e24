package dev.jetway.server.config.site;

import dev.jetway.route.Site;
import dev.jetway.server.config.table.Key;
import dev.jetway.server.config.table.Kind;
import java.nio.file.Path;
import java.util.List;

/** The keys at the top of {@code jetway.toml} that name the folders of sites. */
public final class HostingKeys {
    /** Maximum patterns of a server. */
    static final int MAX_PATTERNS = 100;

    /** Maximum hosts of users' sites: each has a table of all users. */
    static final int MAX_USER_HOSTS = 20;

    static final Key<List<String>> SITES =
            Key.of(
                    "sites",
                    new Kind.OneOrMore(
                            "a pattern, or a list of at most " + MAX_PATTERNS,
                            MAX_PATTERNS,
                            HostingKeys::pattern));
    static final Key<List<String>> USER_SITES =
            Key.of(
                    "user-sites",
                    new Kind.OneOrMore(
                            "a pattern, or a list of at most " + MAX_PATTERNS,
                            MAX_PATTERNS,
                            HostingKeys::userPattern));
    static final Key<List<String>> USER_HOSTS =
            Key.of(
                            "user-hosts",
                            new Kind.TextList(
                                    "list of at most " + MAX_USER_HOSTS + " names",
                                    MAX_USER_HOSTS,
                                    Site::host))
                    .orElse("hosts that no site has");
    static final Key<String> DEFAULT_SITE = Key.text("default-site", "name of a site", Site::name);
    static final Key<String> DEFAULT_PLAN = Key.text("default-plan", "name of a plan", Plans::name);
    static final Key<TenantHosts> TENANT_HOSTS =
            Key.text("tenant-hosts", TenantHosts.RANGE, TenantHosts::parse).or(TenantHosts.NONE);
    static final Key<Path> STATE_FOLDER =
            Key.path("state-dir", "folder").orElse("`jetway` in the user's state folder");

    /** All keys, in the order of the documents. */
    public static final List<Key<?>> ALL =
            List.of(
                    SITES,
                    USER_SITES,
                    USER_HOSTS,
                    DEFAULT_SITE,
                    DEFAULT_PLAN,
                    TENANT_HOSTS,
                    STATE_FOLDER);

    private HostingKeys() {}

    /** A pattern of users' folders and the name of the document root in each. */
    private static String userPattern(String text) {
        int slash = text.lastIndexOf('/');
        String root = text.substring(slash + 1);
        if (slash < 1 || root.isEmpty() || root.startsWith(".") || root.matches(".*[*?].*")) {
            throw new IllegalArgumentException(
                    "'"
                            + text
                            + "' is not a pattern of document roots like"
                            + " \"/home/*/public_html\"");
        }
        var _ = pattern(text.substring(0, slash));
        return text;
    }

    private static String pattern(String text) {
        int slash = text.lastIndexOf('/');
        String folder = text.substring(0, slash + 1);
        String last = text.substring(slash + 1);
        if (last.isEmpty() || last.startsWith(".") || folder.matches(".*[*?\\[{].*")) {
            throw new IllegalArgumentException(
                    "'"
                            + text
                            + "' is not a pattern of folders like \"/srv/sites/*\": only the"
                            + " last name may hold '*' and '?'");
        }
        if (last.matches(".*[\\[\\]{}\\\\].*")) {
            throw new IllegalArgumentException(
                    "'" + text + "': only '*' and '?' stand for other characters");
        }
        return text;
    }
}
