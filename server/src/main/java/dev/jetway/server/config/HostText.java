package dev.jetway.server.config;

import dev.jetway.base.HostPort;
import java.util.regex.Pattern;

/** The form of host names and addresses; whether they exist is another matter. */
public final class HostText {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,255}");
    private static final Pattern IPV6 = Pattern.compile("\\[[0-9A-Fa-f:.]+(%[A-Za-z0-9._-]+)?]");

    private HostText() {}

    /** Whether the text is a host: a name, an IPv4 address, or an IPv6 address in brackets. */
    static boolean isHost(String text) {
        return NAME.matcher(text).matches() || IPV6.matcher(text).matches();
    }

    /** Whether the text is a port: 0 to 65535. */
    static boolean isPort(String text) {
        return text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= ListenAddress.MAX_PORT;
    }

    /**
     * Returns a text that is {@code HOST} or {@code HOST:PORT}.
     *
     * @throws IllegalArgumentException if it is not
     */
    public static String hostname(String text) {
        HostPort divided = HostPort.split(text);
        boolean valid = isHost(divided.host()) && divided.port().map(HostText::isPort).orElse(true);
        if (!valid) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not HOST or HOST:PORT (an IPv6 address stands in brackets)");
        }
        return text;
    }
}
