package dev.jetway.cgi;

import dev.jetway.base.HostPort;
import java.util.Optional;

/**
 * The server's name towards guests.
 *
 * @param software the value of {@code SERVER_SOFTWARE}
 * @param name host and port for requests without a Host field, if configured
 */
public record ServerIdentity(String software, Optional<HostName> name) {
    /**
     * A host with its port.
     *
     * @param host a name, or an address (IPv6 in brackets)
     * @param port 0 if not given
     */
    public record HostName(String host, int port) {
        private static final int MAX_DIGITS = 5;
        private static final int MAX_PORT = 65_535;

        /** Splits {@code host}, {@code host:port}, {@code [v6]} and {@code [v6]:port}. */
        public static HostName parse(String text) {
            HostPort divided = HostPort.split(text);
            return new HostName(divided.host(), divided.port().map(HostName::port).orElse(0));
        }

        /** The port, or 0 if the digits are not one. */
        private static int port(String digits) {
            int port = 0;
            for (int i = 0; i < digits.length(); i++) {
                char c = digits.charAt(i);
                if (c < '0' || c > '9' || i == MAX_DIGITS) {
                    return 0;
                }
                port = 10 * port + c - '0';
            }
            return port <= MAX_PORT ? port : 0;
        }
    }
}
