package dev.jetway.server.registry.http;

import java.net.URI;
import java.util.Locale;

/**
 * Scheme, host and port (RFC 6454). Immutable.
 *
 * @param scheme {@code http} or {@code https}
 * @param host in lower case
 * @param port the number, also where it is the scheme's own
 */
record Place(String scheme, String host, int port) {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    static final String PLAIN = "http";
    static final String TLS = "https";

    /**
     * The place of an address.
     *
     * @throws RegistryException if it is no address of HTTP
     */
    static Place of(URI address) throws RegistryException {
        String scheme = address.getScheme();
        String host = address.getHost();
        if (scheme == null || host == null || address.getRawUserInfo() != null) {
            throw RegistryException.of("leads to what is no address", address.toString());
        }
        String lower = scheme.toLowerCase(Locale.ROOT);
        if (!lower.equals(PLAIN) && !lower.equals(TLS)) {
            throw RegistryException.of("leads to another scheme than https", address.toString());
        }
        return of(lower, host, address.getPort());
    }

    private static Place of(String scheme, String host, int port) {
        int own = scheme.equals(TLS) ? HTTPS : HTTP;
        return new Place(scheme, host.toLowerCase(Locale.ROOT), port < 0 ? own : port);
    }

    /** The place of an address without TLS, whatever its scheme. */
    static Place plain(URI address) {
        return of(PLAIN, address.getHost(), address.getPort());
    }

    boolean isTls() {
        return scheme.equals(TLS);
    }
}
