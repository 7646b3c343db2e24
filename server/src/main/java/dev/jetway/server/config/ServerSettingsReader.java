package dev.jetway.server.config;

import dev.jetway.server.config.route.ErrorPagesReader;
import dev.jetway.server.config.route.RouteSettings;
import dev.jetway.server.config.route.RouteSyntax;
import dev.jetway.server.config.route.SearchPath;
import dev.jetway.server.config.script.HandlersReader;
import dev.jetway.server.config.site.HostingKeys;
import dev.jetway.server.config.table.Key;
import dev.jetway.server.config.table.KeyValues;
import dev.jetway.server.config.table.KeysReader;
import dev.jetway.server.config.table.Problems;
import dev.jetway.server.config.table.Section;
import dev.jetway.server.tls.TlsFolder;
import dev.jetway.server.tls.TlsIdentity;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.configuration2.tree.ImmutableNode;

/** Reads {@code jetway.toml}: strictly, as only Jetway uses it. */
final class ServerSettingsReader {
    static final Set<String> SECTIONS =
            Stream.concat(
                            Stream.of(
                                    "server",
                                    RouteSettings.LIMITS,
                                    RouteSettings.CAPS,
                                    RouteSyntax.NATIVE.table(),
                                    SitesReader.TABLE,
                                    HandlersReader.TABLE,
                                    ErrorPagesReader.KEY),
                            HostingKeys.ALL.stream().map(Key::name))
                    .collect(Collectors.toUnmodifiableSet());

    /** The keys of {@code [server]}, in the order of the documents. */
    static final List<Key<?>> SERVER_KEYS =
            Stream.of(
                            Listen.KEYS,
                            Guests.KEYS,
                            FileSettings.KEYS,
                            Modules.KEYS,
                            Registries.KEYS,
                            Http.KEYS,
                            Logs.KEYS)
                    .<Key<?>>flatMap(List::stream)
                    .toList();

    private static final List<Key<Path>> PATHS =
            List.of(
                    Modules.CACHE,
                    Registries.CACHE,
                    Registries.CREDENTIALS,
                    Registries.AUTHORITY,
                    Guests.LOG_DIRECTORY,
                    Logs.DIRECTORY,
                    Logs.ERROR_DIRECTORY,
                    Listen.TLS_CERT,
                    Listen.TLS_KEY,
                    Listen.TLS_FOLDER,
                    Listen.ACME_FOLDER);

    private static final List<Key<?>> ALL =
            Stream.concat(SERVER_KEYS.stream(), Http.LIMIT_KEYS.stream()).toList();

    private final SearchPath search;
    private final InstantSource clock;
    private final Problems problems;

    ServerSettingsReader(SearchPath search, InstantSource clock, Problems problems) {
        this.search = search;
        this.clock = clock;
        this.problems = problems;
    }

    /** The settings without a file. */
    static ServerSettings defaults(int processors) {
        return ServerSettings.of(KeyValues.defaults(ALL, processors), RouteSettings.DEFAULT);
    }

    /**
     * The settings of a file over the defaults.
     *
     * @param processors number that some defaults follow
     */
    ServerSettings read(ImmutableNode root, String file, int processors) {
        var top = new Section(root, file, problems);
        top.rejectUnknown(SECTIONS, false);
        KeyValues values = KeyValues.defaults(ALL, processors);
        Optional<Section> server = top.table("server");
        Optional<TlsSettings> tls = Optional.empty();
        if (server.isPresent()) {
            server.get().rejectUnknown(KeysReader.names(SERVER_KEYS), false);
            values = resolved(read(server.get(), SERVER_KEYS, values));
            tls = tls(server.get(), values);
        }
        Optional<Section> limits = top.table(RouteSettings.LIMITS);
        if (limits.isPresent()) {
            values = read(limits.get(), Http.LIMIT_KEYS, values);
        }
        RouteSettings routes =
                RouteSettings.DEFAULT.read(top, Http.LIMIT_KEYS, KeyValues.NONE, problems);
        var pages = new ErrorPagesReader(search, problems).read(top);
        return new ServerSettings(
                Listen.of(values, tls),
                Modules.of(values),
                Registries.of(values),
                Guests.of(values),
                Http.of(values, pages),
                Logs.of(values),
                FileSettings.of(values),
                routes);
    }

    private KeyValues read(Section section, List<Key<?>> keys, KeyValues base) {
        return KeysReader.ofTable(section, problems).read(keys, base, KeyValues.NONE);
    }

    /** Values with relative paths resolved against the folder of the file. */
    private KeyValues resolved(KeyValues values) {
        KeyValues resolved = values;
        for (Key<Path> key : PATHS) {
            Optional<Path> path = values.find(key).map(p -> search.folder().resolve(p).normalize());
            resolved = path.isPresent() ? resolved.with(key, path.get()) : resolved;
        }
        return resolved;
    }

    private Optional<TlsSettings> tls(Section s, KeyValues values) {
        Optional<Path> certificates = values.find(Listen.TLS_CERT);
        Optional<Path> key = values.find(Listen.TLS_KEY);
        Optional<Path> byName = values.find(Listen.TLS_FOLDER);
        List<String> given =
                Stream.of("tls-cert", "tls-key", "tls-listen").filter(s.keys()::contains).toList();
        if (certificates.isPresent() != key.isPresent()
                || (key.isEmpty() && byName.isEmpty() && !given.isEmpty())) {
            problems.error(
                    s.position(given.getFirst()),
                    "TLS needs both 'tls-cert' and 'tls-key', each the name of a PEM file, or a"
                            + " 'tls-dir'");
            return Optional.empty();
        }
        var identities = new ArrayList<TlsIdentity>();
        if (certificates.isPresent() && key.isPresent()) {
            identity(s, certificates.get(), key.get()).ifPresent(identities::add);
        }
        byName.ifPresent(folder -> identities.addAll(folder(s, folder)));
        return identities.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new TlsSettings(
                                identities, values.find(Listen.TLS_ADDRESS), byName.isPresent()));
    }

    private Optional<TlsIdentity> identity(Section s, Path certificates, Path key) {
        search.sources().add(certificates);
        search.sources().add(key);
        try {
            var identity = TlsIdentity.read(certificates, key);
            warnIfNotValid(s, "tls-cert", "the certificate", identity);
            return Optional.of(identity);
        } catch (IllegalArgumentException e) {
            problems.error(s.position("tls-cert"), "TLS: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** The certificates of a folder. Unreadable ones are left out. */
    private Collection<TlsIdentity> folder(Section s, Path folder) {
        try {
            TlsFolder found = TlsFolder.read(folder, search.sources());
            found.wrong()
                    .forEach(line ->
                            problems.warning(
                                    s.position("tls-dir"), "'tls-dir': left out: " + line));
            found.identities()
                    .forEach((name, identity) -> warnIfNotValid(s, "tls-dir", name, identity));
            if (found.identities().isEmpty() && !s.keys().contains("tls-cert")) {
                problems.error(
                        s.position("tls-dir"),
                        "'tls-dir' has no certificate: a folder each with fullchain.pem and"
                                + " privkey.pem");
            }
            return found.identities().values();
        } catch (IllegalArgumentException e) {
            problems.error(s.position("tls-dir"), "'tls-dir': " + e.getMessage());
            return List.of();
        }
    }

    private void warnIfNotValid(Section s, String key, String name, TlsIdentity identity) {
        if (!identity.isValid(clock.instant())) {
            problems.warning(
                    s.position(key),
                    "'" + key + "': " + name + " has expired, or is not valid yet");
        }
    }
}
