package dev.jetway.http;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * One side of a connection.
 *
 * @param address the IP address as text, without brackets or zone
 * @param port the port, 0 if there is none
 */
public record Endpoint(String address, int port) {
    private static final int GROUPS = 8;

    /** The endpoint of an address and a port. */
    public static Endpoint of(InetAddress address, int port) {
        return new Endpoint(text(address), port);
    }

    /** The text of an address; for IPv6 the form of RFC 5952. */
    private static String text(InetAddress address) {
        if (address instanceof Inet4Address) {
            return address.getHostAddress();
        }
        var groups = new int[GROUPS];
        var bytes = ByteBuffer.wrap(address.getAddress());
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = bytes.getShort() & 0xffff;
        }
        int start = 0;
        int length = 0;
        for (int i = 0; i < GROUPS; i++) {
            int zeros = zeros(groups, i);
            if (zeros > length) {
                start = i;
                length = zeros;
            }
        }
        return length < 2
                ? join(groups, 0, GROUPS)
                : join(groups, 0, start) + "::" + join(groups, start + length, GROUPS);
    }

    private static int zeros(int[] groups, int from) {
        int end = from;
        while (end < GROUPS && groups[end] == 0) {
            end++;
        }
        return end - from;
    }

    private static String join(int[] groups, int from, int end) {
        var text = new StringBuilder();
        for (int i = from; i < end; i++) {
            text.append(i == from ? "" : ":").append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }
}
