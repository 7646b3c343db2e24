package dev.jetway.cgi;

import java.util.Optional;

/**
 * What the server calls itself towards guests.
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
        /** Splits {@code host}, {@code host:port}, {@code [v6]} and {@code [v6]:port}. */
        public static HostName parse(String text) {
            int colon = text.lastIndexOf(':');
            boolean hasPort = colon > text.lastIndexOf(']') && colon == firstColon(text);
            if (!hasPort) {
                return new HostName(text, 0);
            }
            String digits = text.substring(colon + 1);
            boolean number = digits.matches("\\d{1,5}") && Integer.parseInt(digits) <= 65_535;
            return new HostName(text.substring(0, colon), number ? Integer.parseInt(digits) : 0);
        }

        /** Outside of brackets: two colons without brackets are a bare IPv6 address. */
        private static int firstColon(String text) {
            return text.indexOf(':', text.lastIndexOf(']') + 1);
        }
    }
}
