package dev.jetway.server.config;

import org.eclipse.jetty.util.InetAddressSet;

/** The text of an IP address or a network. */
final class Networks {
    private Networks() {}

    /**
     * Checks {@code 192.0.2.1}, {@code 10.0.0.0/8}, {@code ::1}.
     *
     * @throws IllegalArgumentException for other text; host names are not looked up
     */
    static String parse(String text) {
        try {
            if (text.matches("[0-9a-fA-F.:]+(/\\d{1,3})?")) {
                new InetAddressSet().add(text);
                return text;
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(message(text), e);
        }
        throw new IllegalArgumentException(message(text));
    }

    private static String message(String text) {
        return "'" + text + "' is not an IP address or a network like 10.0.0.0/8";
    }
}
