package dev.jetway.http;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/** The sender of a request as a proxy names it (RFC 7239 §6). */
sealed interface Node {
    /** An obfuscated node, perhaps with a port (RFC 7239 §6.3). */
    Pattern HIDDEN = Pattern.compile("_[A-Za-z0-9._-]+(:\\S+)?");

    /** An obfuscated port. */
    Pattern OBFUSCATED_PORT = Pattern.compile("_[A-Za-z0-9._-]+");

    /** A port of at most five digits. */
    Pattern PORT = Pattern.compile("\\d{1,5}");

    /** Characters of an IPv6 address. */
    Pattern V6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    /** Four numbers with dots. */
    Pattern V4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    /**
     * An address.
     *
     * @param address of the node
     * @param port 0 if not given
     */
    record Known(InetAddress address, int port) implements Node {}

    /** The proxy does not know the address, or hides it: {@code unknown}, {@code _hidden}. */
    record Hidden() implements Node {}

    /** The text is neither. */
    record Malformed() implements Node {}

    /** {@code 192.0.2.1}, {@code 192.0.2.1:80}, {@code 2001:db8::1}, {@code [2001:db8::1]:80}. */
    static Node parse(String text) {
        if (text.equalsIgnoreCase("unknown") || HIDDEN.matcher(text).matches()) {
            return new Hidden();
        }
        boolean bracket = text.startsWith("[");
        int close = text.indexOf(']');
        if (bracket && close < 0) {
            return new Malformed();
        }
        boolean v6 = !bracket && text.indexOf(':') != text.lastIndexOf(':');
        int colon = v6 ? -1 : text.indexOf(':', bracket ? close : 0);
        int end = colon < 0 ? text.length() : colon;
        Optional<Integer> port = colon < 0 ? Optional.of(0) : obfuscated(text.substring(colon + 1));
        if (port.isEmpty() || (bracket && end != close + 1)) {
            return new Malformed();
        }
        return address(bracket ? text.substring(1, close) : text.substring(0, end), bracket || v6)
                .<Node>map(a -> new Known(a, port.get()))
                .orElseGet(Malformed::new);
    }

    private static Optional<Integer> obfuscated(String port) {
        return OBFUSCATED_PORT.matcher(port).matches() ? Optional.of(0) : port(port);
    }

    /** A port from 1 to 65535. */
    static Optional<Integer> port(String text) {
        if (!PORT.matcher(text).matches()) {
            return Optional.empty();
        }
        int port = Integer.parseInt(text);
        return port >= 1 && port <= 0xffff ? Optional.of(port) : Optional.empty();
    }

    /**
     * The address in a text. Names are not looked up, and zones are refused: they mean something on
     * another host only.
     */
    private static Optional<InetAddress> address(String text, boolean v6) {
        if (!(v6 ? V6 : V4).matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
