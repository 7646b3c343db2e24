package dev.jetway.server.config.site;

import dev.jetway.base.TrustedWriters;
import dev.jetway.failure.ErrorPages;
import dev.jetway.module.source.FileReference;
import dev.jetway.route.Action;
import dev.jetway.route.Action.Refuse;
import dev.jetway.route.Route;
import dev.jetway.route.RoutePattern;
import dev.jetway.route.RunModule;
import dev.jetway.route.RunScript;
import dev.jetway.route.ServeFolder;
import dev.jetway.route.Site;
import dev.jetway.server.config.route.SearchPath;
import dev.jetway.server.config.route.TenantFolder;
import dev.jetway.server.config.script.HandlerSettings;
import dev.jetway.server.config.script.IndexModules;
import dev.jetway.server.config.script.SiteHandlers;
import dev.jetway.server.config.table.Problems;
import dev.jetway.server.config.table.WritersCheck;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The routes that follow from the folders of a site, whether a file names them or not. */
final class FolderRoutes {
    /** Bytes at the start of a script that may contain its {@code #!} line. */
    private static final int MAX_FIRST_LINE = 256;

    /** Extensions of scripts that name their interpreter, if no handler has the extension. */
    private static final Set<String> BY_FIRST_LINE = Set.of("cgi", "pl", "py", "rb");

    private static final Set<String> MODULES = Set.of("wasm", "wat");
    private static final String BELOW = "/...";

    private final SiteEntry entry;
    private final Hosting hosting;
    private final Site site;
    private final TenantSettings settings;
    private final Set<Path> sources;
    private final Problems problems;

    FolderRoutes(
            SiteEntry entry,
            Hosting hosting,
            Site site,
            TenantSettings settings,
            Set<Path> sources,
            Problems problems) {
        this.entry = entry;
        this.hosting = hosting;
        this.site = site;
        this.settings = settings;
        this.sources = sources;
        this.problems = problems;
    }

    /** The routes of files, followed by those of the folders for other paths. */
    List<Route> after(List<Route> explicit, TenantFolder folder, SearchPath search) {
        var volumes =
                new SiteVolumeList(
                        documents(search),
                        folder(search, SitePaths.CGI_BIN),
                        folder(search, SitePaths.DATA),
                        folder(search, SitePaths.TMP),
                        logs(search));
        var guests =
                new SiteGuests(
                        settings.values(),
                        volumes.volumes(settings.get(SiteFileKeys.PUBLIC_WRITABLE)),
                        volumes.documents().isPresent(),
                        settings.http(),
                        hosting.files().state(),
                        problems);
        var handlers = SiteHandlers.of(hosting.handlers(), settings.values().handlers());
        var routes = new ArrayList<>(explicit.stream().map(FolderRoutes::inSite).toList());
        volumes.programs().ifPresent(p -> routes.addAll(programs(p, folder, guests, handlers)));
        routes.add(root(volumes.documents(), guests, handlers));
        var seen = new HashSet<RoutePattern>();
        return routes.stream().filter(route -> seen.add(route.pattern())).toList();
    }

    /** The volumes that a tenant names lie in the site's folder. */
    private static Route inSite(Route route) {
        return route.action() instanceof RunModule run
                ? route.with(route.pattern(), run.inSite())
                : route;
    }

    private Optional<Path> documents(SearchPath search) {
        Optional<String> named = settings.keys().find(SiteFileKeys.DOCUMENT_ROOT);
        if (named.isEmpty()) {
            return entry.userRoot().isPresent()
                    ? folder(search, entry.userRoot().get())
                    : folder(search, SitePaths.PUBLIC)
                            .or(() -> folder(search, SitePaths.PUBLIC_HTML));
        }
        Optional<Path> found = folder(search, named.get());
        if (found.isEmpty()) {
            problems.error(
                    entry.position(named.get()),
                    "'document-root' of "
                            + SitePaths.FILE
                            + " names this folder: make it, or name another");
        }
        return found;
    }

    /**
     * The folder of logs, if the server writes them there: a link is not used. The server itself
     * changes it, so that it is no source of the configuration.
     */
    private static Optional<Path> logs(SearchPath search) {
        return Optional.of(search.folder().resolve(SitePaths.LOGS))
                .filter(p -> Files.isDirectory(p, LinkOption.NOFOLLOW_LINKS));
    }

    /** A folder of the site, if it exists. A link must lead to a folder inside of the site's. */
    private Optional<Path> folder(SearchPath search, String name) {
        sources.add(search.folder().resolve(name));
        try {
            return Optional.of(search.resolve(name)).filter(Files::isDirectory);
        } catch (IllegalArgumentException e) {
            problems.error(entry.position(name), String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private Route root(Optional<Path> documents, SiteGuests guests, SiteHandlers handlers) {
        if (documents.isEmpty()) {
            return route(BELOW, "", new Refuse(Refuse.Reason.NOTHING_HERE));
        }
        Path root = documents.get();
        String shown = String.valueOf(root.getFileName());
        List<String> index =
                settings.keys().find(SiteFileKeys.INDEX).orElseGet(() -> standardIndex(handlers));
        var programs = new LinkedHashMap<String, RunModule>();
        new IndexModules(root, index, entry.position(shown), sources, problems)
                .find()
                .forEach((path, module) ->
                        programs.put(
                                path,
                                guests.program(new FileReference(module, hosting.writers()))));
        return route(
                BELOW,
                shown,
                new ServeFolder(
                        root,
                        SitePaths.GUEST_PUBLIC,
                        index,
                        settings.keys().find(SiteFileKeys.FALLBACK),
                        handlers.all(guests::handler),
                        programs,
                        settings.files(),
                        hosting.writers()));
    }

    private static List<String> standardIndex(SiteHandlers handlers) {
        return Stream.concat(
                        handlers.extensions().stream().limit(ServeFolder.MAX_INDEX - 1L),
                        Stream.of("html"))
                .map("index."::concat)
                .distinct()
                .toList();
    }

    /** Routes of the programs in the folder. Other files there are not served as documents. */
    private List<Route> programs(
            Path folder, TenantFolder tenant, SiteGuests guests, SiteHandlers handlers) {
        var routes = new ArrayList<Route>();
        for (CgiBin.Program program : CgiBin.list(entry, folder, sources, problems)) {
            action(program, tenant, guests, handlers)
                    .ifPresent(action ->
                            routes.add(
                                    route(
                                            program.address() + BELOW,
                                            SitePaths.CGI_BIN + "/" + program.name(),
                                            action)));
        }
        routes.add(
                route(
                        "/" + SitePaths.CGI_BIN + BELOW,
                        SitePaths.CGI_BIN,
                        new Refuse(Refuse.Reason.NOTHING_HERE)));
        return routes;
    }

    private Optional<Action> action(
            CgiBin.Program program, TenantFolder tenant, SiteGuests guests, SiteHandlers handlers) {
        if (MODULES.contains(program.extension())) {
            return Optional.of(
                    guests.program(new FileReference(program.path(), hosting.writers())));
        }
        Optional<HandlerSettings> handler =
                Optional.ofNullable(handlers.byExtension().get(program.extension()));
        if (handler.isEmpty() && BY_FIRST_LINE.contains(program.extension())) {
            handler = handlers.ofFirstLine(firstLine(program, tenant));
            if (handler.isEmpty()) {
                problems.warning(
                        entry.position(SitePaths.CGI_BIN + "/" + program.name()),
                        "no handler runs it: neither its extension nor its '#!' line names one of"
                                + " the provider's");
            }
        }
        return handler.filter(_ -> isTrusted(program))
                .map(h ->
                        new RunScript(
                                guests.handler(h), SitePaths.GUEST_CGI_BIN + "/" + program.name()));
    }

    /** Whether a script may be run; a program is checked when it is loaded. */
    private boolean isTrusted(CgiBin.Program program) {
        if (!hosting.writers().checked()) {
            return true;
        }
        sources.add(program.path());
        boolean trusted = new WritersCheck(hosting.writers(), problems).isTrusted(program.path());
        if (!trusted) {
            problems.warning(
                    entry.position(SitePaths.CGI_BIN + "/" + program.name()),
                    "is not run: it " + TrustedWriters.REFUSAL);
        }
        return trusted;
    }

    private String firstLine(CgiBin.Program program, TenantFolder tenant) {
        sources.add(program.path());
        try {
            byte[] head = tenant.head(program.path(), MAX_FIRST_LINE);
            return new String(head, StandardCharsets.ISO_8859_1).lines().findFirst().orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    private Route route(String pattern, String from, Action action) {
        ErrorPages pages = site.errorPages();
        return new Route(
                site,
                new RoutePattern(pattern),
                settings.access(),
                pages,
                entry.position(from),
                action);
    }
}
