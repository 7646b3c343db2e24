package dev.jetway.server.config;

import dev.jetway.base.HostPort;

/**
 * An address to listen on. Immutable.
 *
 * @param host a name or an address; IPv6 without brackets
 * @param port 0 for any free one
 */
public record ListenAddress(String host, int port) {
    /** The highest port. */
    public static final int MAX_PORT = 65_535;

    /** Checks the port. */
    public ListenAddress {
        if (host.isEmpty() || port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("an address is HOST:PORT, a port 0 to 65535");
        }
    }

    /**
     * Parses {@code 127.0.0.1:8080}, {@code example.org:80} or {@code [::1]:8080}.
     *
     * @throws IllegalArgumentException with the reason
     */
    public static ListenAddress parse(String text) {
        HostPort divided = HostPort.split(text);
        String host = divided.host();
        boolean bracketed = host.startsWith("[");
        if (!HostText.isHost(host) || divided.port().filter(HostText::isPort).isEmpty()) {
            throw new IllegalArgumentException(
                    "'"
                            + text
                            + "' is not HOST:PORT (a port is 0 to 65535, an IPv6 address stands in"
                            + " brackets)");
        }
        return new ListenAddress(
                bracketed ? host.substring(1, host.length() - 1) : host,
                Integer.parseInt(divided.port().get()));
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
