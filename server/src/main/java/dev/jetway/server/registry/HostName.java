package dev.jetway.server.registry;

import dev.jetway.base.HostPort;
import java.util.Locale;
import java.util.regex.Pattern;

/** The machine in a reference, {@code HOST[:PORT]}. */
public final class HostName {
    private static final int MAX_PORT = 65_535;
    private static final Pattern HOST =
            Pattern.compile(
                    "[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]{2,45}\\]");
    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");
    private static final Pattern LOOPBACK =
            Pattern.compile(
                    "localhost|.*\\.localhost|127(?:\\.[0-9]{1,3}){3}|\\[(?:0*:)*:?0*1\\]",
                    Pattern.CASE_INSENSITIVE);

    private HostName() {}

    /**
     * A machine in small letters.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static String checked(String text) {
        HostPort parts = HostPort.split(text);
        boolean port =
                parts.port()
                        .map(p -> PORT.matcher(p).matches() && isPort(Integer.parseInt(p)))
                        .orElse(true);
        if (!HOST.matcher(parts.host()).matches() || !port) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a host, or a host and a port: registry.example:5000");
        }
        return text.toLowerCase(Locale.ROOT);
    }

    private static boolean isPort(int port) {
        return port > 0 && port <= MAX_PORT;
    }

    /** Whether a machine is this one, by its name. */
    static boolean isLoopback(String host) {
        return LOOPBACK.matcher(HostPort.host(host)).matches();
    }
}
