package dev.jetway.server.config.site;

import dev.jetway.route.FileRules;
import dev.jetway.route.HttpRules;
import dev.jetway.route.ServeFolder;
import dev.jetway.route.Site;
import dev.jetway.server.config.route.ErrorPagesReader;
import dev.jetway.server.config.route.RouteSettings;
import dev.jetway.server.config.route.RouteSyntax;
import dev.jetway.server.config.route.SiteKeys;
import dev.jetway.server.config.script.HandlersReader;
import dev.jetway.server.config.table.Key;
import dev.jetway.server.config.table.KeysReader;
import dev.jetway.server.config.table.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The keys of the files about one site: a plan, the provider's file, the tenant's. */
public final class SiteFileKeys {
    static final String PHP = "php";
    static final String PHP_ADMIN = "php-admin";
    static final String HANDLERS = "handlers";

    static final Key<String> PLAN =
            Key.text("plan", "name of a plan", Plans::name).orElse("`default-plan`");
    static final Key<List<String>> HOSTS = Key.of("hosts", hosts()).orElse("the folder's name");
    static final Key<List<String>> ALIASES = Key.of("aliases", hosts());
    static final Key<Boolean> SUSPENDED = flag("suspended", false);
    static final Key<String> SUSPENDED_PAGE =
            Key.text("suspended-page", "file", text -> text).orElse("our own");

    static final Key<String> DOCUMENT_ROOT =
            Key.text("document-root", "folder inside the site's", SiteFileKeys::folder)
                    .orElse("`public`, else `public_html`");
    static final Key<Boolean> PUBLIC_WRITABLE = flag("public-writable", true);
    static final Key<List<String>> INDEX =
            Key.of(
                            "index",
                            new Kind.TextList(
                                    "list of at most " + ServeFolder.MAX_INDEX + " names",
                                    ServeFolder.MAX_INDEX,
                                    SiteFileKeys::fileName))
                    .orElse("`index.` and each extension of a handler, `index.html`");
    static final Key<String> FALLBACK =
            Key.text("fallback", "path", SiteFileKeys::path).orElse("404");
    static final Key<String> CACHE_CONTROL =
            Key.text("cache-control", "value of the field", SiteFileKeys::fieldValue);
    static final Key<Boolean> PRECOMPRESSED =
            flag("precompressed", FileRules.DEFAULT.precompressed());
    static final Key<Boolean> COMPRESS = flag("compress", FileRules.DEFAULT.compress());
    static final Key<List<String>> METHODS =
            Key.of(
                            "methods",
                            new Kind.TextList(
                                    "list of at most " + HttpRules.MAX_METHODS + " methods",
                                    HttpRules.MAX_METHODS,
                                    HttpRules::method))
                    .orElse("all but `TRACE`");

    /** Limits of the whole site that a tenant may lower. */
    static final List<Key<?>> TENANT_LIMITS =
            List.of(
                    SiteKeys.RUNNING,
                    SiteKeys.WAITING,
                    SiteKeys.MEMORY,
                    SiteKeys.VOLUME_BYTES,
                    SiteKeys.VOLUME_FILES);

    /** The keys that a provider's file {@code sites.d/NAME.toml} has and a plan has not. */
    public static final List<Key<?>> PROVIDER =
            List.of(PLAN, HOSTS, ALIASES, SUSPENDED, SUSPENDED_PAGE);

    /** The keys of {@code site.toml} that are not limits, in the order of the documents. */
    public static final List<Key<?>> TENANT =
            List.of(
                    HOSTS,
                    ALIASES,
                    DOCUMENT_ROOT,
                    PUBLIC_WRITABLE,
                    INDEX,
                    FALLBACK,
                    CACHE_CONTROL,
                    PRECOMPRESSED,
                    COMPRESS,
                    METHODS,
                    SiteKeys.HTTPS.getFirst(),
                    SiteKeys.HTTPS.getLast());

    /** All names in a plan. */
    public static final Set<String> PLAN_NAMES =
            names(
                    KeysReader.limitNames(SiteKeys.ALL),
                    Set.of(RouteSettings.LIMITS, RouteSettings.CAPS, PHP, PHP_ADMIN, HANDLERS));

    /** All names in a provider's file of one site. */
    public static final Set<String> PROVIDER_NAMES = names(PLAN_NAMES, KeysReader.names(PROVIDER));

    /** All names in {@code site.toml}. */
    public static final Set<String> TENANT_NAMES =
            names(
                    names(KeysReader.limitNames(TENANT_LIMITS), KeysReader.names(TENANT)),
                    Set.of(
                            RouteSettings.LIMITS,
                            PHP,
                            HANDLERS,
                            ErrorPagesReader.KEY,
                            RouteSyntax.NATIVE.table(),
                            "auth",
                            "auth-file",
                            "auth-realm",
                            "auth-users",
                            "pass-authorization"));

    /** Names that only the provider may set, as tenants are told. */
    static final Set<String> NOT_FOR_TENANTS =
            names(
                    PROVIDER_NAMES,
                    names(
                            KeysReader.names(HostingKeys.ALL),
                            Set.of("server", "site", HandlersReader.TABLE)));

    private SiteFileKeys() {}

    private static Set<String> names(Set<String> some, Set<String> more) {
        var all = new HashSet<String>();
        Stream.of(some, more).forEach(all::addAll);
        return Set.copyOf(all);
    }

    private static Kind<List<String>> hosts() {
        return new Kind.TextList(
                "list of at most " + Site.MAX_HOSTS + " names", Site.MAX_HOSTS, Site::host);
    }

    private static Key<Boolean> flag(String name, boolean standard) {
        return Key.of(name, new Kind.Flag()).or(standard);
    }

    private static String folder(String text) {
        if (text.isEmpty() || text.startsWith("/") || ("/" + text + "/").contains("/../")) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a folder inside the site's, like \"public\"");
        }
        return text;
    }

    private static String fileName(String text) {
        if (text.isEmpty() || text.startsWith(".") || text.contains("/")) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not the name of a file, like \"index.html\"");
        }
        return text;
    }

    private static String path(String text) {
        if (!text.matches("/[!-~]{0,2047}")
                || text.matches(".*[?#].*")
                || ("/" + text + "/").contains("/../")) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a path like \"/index.php\", without a query");
        }
        return text;
    }

    private static String fieldValue(String text) {
        if (!text.matches("[!-~]([ -~]{0,198}[!-~])?")) {
            throw new IllegalArgumentException("is a line of 1 to 200 ASCII characters");
        }
        return text;
    }
}
