package dev.jetway.server.config.site;

import dev.jetway.failure.ErrorPages;
import dev.jetway.route.Site;
import dev.jetway.server.config.route.RouteSettings;
import dev.jetway.server.config.route.SearchPath;
import dev.jetway.server.config.script.HandlersReader;
import dev.jetway.server.config.table.KeyValues;
import dev.jetway.server.config.table.KeysReader;
import dev.jetway.server.config.table.Problems;
import dev.jetway.server.config.table.Section;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the settings of {@code jetway.toml} for sites that are folders. */
public final class HostingReader {
    private final SearchPath search;
    private final String shown;
    private final Optional<Path> state;
    private final Problems problems;

    /**
     * A reader.
     *
     * @param shown the folder of the file, for messages
     * @param state the folder of generated files, if the file names none
     */
    public HostingReader(SearchPath search, String shown, Optional<Path> state, Problems problems) {
        this.search = search;
        this.shown = shown;
        this.state = state;
        this.problems = problems;
    }

    /** The settings of a file. */
    public Hosting read(
            Section top, RouteSettings routes, ErrorPages errorPages, Hosting.Taken taken) {
        KeyValues values =
                KeysReader.ofTable(top, problems)
                        .read(
                                HostingKeys.ALL,
                                KeyValues.defaults(HostingKeys.ALL, 1),
                                KeyValues.NONE);
        List<Hosting.Pattern> patterns =
                values.find(HostingKeys.SITES).orElse(List.of()).stream()
                        .map(text -> pattern(text, top))
                        .toList();
        List<Hosting.Pattern> users =
                values.find(HostingKeys.USER_SITES).orElse(List.of()).stream()
                        .map(text -> userPattern(text, top))
                        .toList();
        if (users.isEmpty() && values.find(HostingKeys.USER_HOSTS).isPresent()) {
            problems.error(
                    top.position(HostingKeys.USER_HOSTS.name()),
                    "'user-hosts' says nothing without 'user-sites'");
        }
        if (patterns.isEmpty() && values.find(HostingKeys.DEFAULT_SITE).isPresent()) {
            problems.error(
                    top.position(HostingKeys.DEFAULT_SITE.name()),
                    "'default-site' says nothing without 'sites'");
        }
        Optional<Path> own =
                values.find(HostingKeys.STATE_FOLDER)
                        .map(path -> search.folder().resolve(path).normalize());
        return new Hosting(
                Stream.concat(patterns.stream(), users.stream()).toList(),
                values.find(HostingKeys.USER_HOSTS).orElse(List.of(Site.ANY_HOST)),
                values.find(HostingKeys.DEFAULT_SITE),
                values.find(HostingKeys.DEFAULT_PLAN),
                values.get(HostingKeys.TENANT_HOSTS),
                new HandlersReader(search, problems).readAll(top),
                routes,
                errorPages,
                new Hosting.ProviderFiles(search.folder(), shown, own.or(() -> state)),
                search.writers(),
                taken);
    }

    private Hosting.Pattern userPattern(String text, Section top) {
        int slash = text.lastIndexOf('/');
        Hosting.Pattern folders = pattern(text.substring(0, slash), top);
        return new Hosting.Pattern(
                folders.parent(),
                folders.shown(),
                folders.name(),
                Optional.of(text.substring(slash + 1)),
                top.position(HostingKeys.USER_SITES.name()));
    }

    private Hosting.Pattern pattern(String text, Section top) {
        Path whole = search.folder().resolve(text).normalize();
        Path parent = whole.getParent();
        return new Hosting.Pattern(
                parent == null ? whole : parent,
                Path.of(shown).resolve(text.substring(0, text.lastIndexOf('/') + 1)).normalize(),
                text.substring(text.lastIndexOf('/') + 1),
                Optional.empty(),
                top.position(HostingKeys.SITES.name()));
    }
}
