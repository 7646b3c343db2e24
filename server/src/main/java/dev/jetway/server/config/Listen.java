package dev.jetway.server.config;

import dev.jetway.server.config.table.Key;
import dev.jetway.server.config.table.KeyValues;
import dev.jetway.server.config.table.Kind;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Addresses for requests. Immutable.
 *
 * @param address for requests
 * @param admin for metrics and health
 * @param tls if TLS is enabled
 * @param acme the folder of challenges of certificate authorities, certbot's webroot
 * @param trustedProxies addresses and networks whose {@code Forwarded} fields are trusted
 * @param hostname for requests without a host, {@code HOST[:PORT]}
 */
public record Listen(
        ListenAddress address,
        ListenAddress admin,
        Optional<TlsSettings> tls,
        Optional<Path> acme,
        List<String> trustedProxies,
        Optional<String> hostname) {
    private static final int MAX_PROXIES = 1000;
    private static final String ADDRESS_RANGE = "address";
    private static final String FILE = "PEM file";

    static final Key<ListenAddress> ADDRESS =
            Key.text("listen", ADDRESS_RANGE, ListenAddress::parse)
                    .or(new ListenAddress("127.0.0.1", 8080));
    static final Key<ListenAddress> ADMIN =
            Key.text("admin-listen", ADDRESS_RANGE, ListenAddress::parse)
                    .or(new ListenAddress("127.0.0.1", 9090));
    static final Key<Path> TLS_CERT = Key.path("tls-cert", FILE);
    static final Key<Path> TLS_KEY = Key.path("tls-key", FILE);
    static final Key<Path> TLS_FOLDER = Key.path("tls-dir", "folder");
    static final Key<Path> ACME_FOLDER = Key.path("acme-dir", "folder");
    static final Key<ListenAddress> TLS_ADDRESS =
            Key.text("tls-listen", ADDRESS_RANGE, ListenAddress::parse);
    static final Key<List<String>> TRUSTED_PROXIES =
            Key.of(
                            "trusted-proxies",
                            new Kind.TextList(
                                    "list of at most " + MAX_PROXIES + " IP addresses and networks",
                                    MAX_PROXIES,
                                    Networks::parse))
                    .or("none", _ -> List.of());
    static final Key<String> HOSTNAME =
            Key.text("hostname", "`HOST` or `HOST:PORT`", HostText::hostname)
                    .orElse("the address of the connection");

    static final List<Key<?>> KEYS =
            List.of(
                    ADDRESS,
                    ADMIN,
                    TLS_CERT,
                    TLS_KEY,
                    TLS_FOLDER,
                    TLS_ADDRESS,
                    ACME_FOLDER,
                    TRUSTED_PROXIES,
                    HOSTNAME);

    /** Copies the list. */
    public Listen {
        trustedProxies = List.copyOf(trustedProxies);
    }

    static Listen of(KeyValues values, Optional<TlsSettings> tls) {
        return new Listen(
                values.get(ADDRESS),
                values.get(ADMIN),
                tls,
                values.find(ACME_FOLDER),
                values.get(TRUSTED_PROXIES),
                values.find(HOSTNAME));
    }

    /** These settings with another address for requests. */
    public Listen withAddress(ListenAddress other) {
        return new Listen(other, admin, tls, acme, trustedProxies, hostname);
    }

    /** These settings with another address for metrics. */
    public Listen withAdmin(ListenAddress other) {
        return new Listen(address, other, tls, acme, trustedProxies, hostname);
    }

    /** These settings with TLS. */
    public Listen withTls(TlsSettings other) {
        return new Listen(address, admin, Optional.of(other), acme, trustedProxies, hostname);
    }

    /** These settings with another host name. */
    public Listen withHostname(String other) {
        return new Listen(address, admin, tls, acme, trustedProxies, Optional.of(other));
    }
}
