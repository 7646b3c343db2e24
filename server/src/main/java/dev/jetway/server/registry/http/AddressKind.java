package dev.jetway.server.registry.http;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The kinds of addresses that a redirect is judged by. */
enum AddressKind {
    /** Reachable from everywhere. */
    PUBLIC,
    /** Of a private network (RFC 1918, RFC 6598, RFC 4193). */
    PRIVATE,
    /** Of this machine. */
    LOOPBACK,
    /** Of this link (RFC 3927, RFC 4291 §2.5.6). */
    LINK_LOCAL,
    /** For no host (RFC 6890), or for the metadata of a cloud's machines. */
    SPECIAL;

    /** Where clouds tell a machine its secrets. */
    private static final List<String> METADATA =
            List.of(
                    "169.254.169.254",
                    "169.254.170.2",
                    "100.100.100.200",
                    "fd00:ec2:0:0:0:0:0:254");

    private static final int BYTE = 0xff;
    private static final int V4_BYTES = 4;

    /** The kind of an address. */
    static AddressKind of(InetAddress address) {
        if (METADATA.contains(address.getHostAddress())
                || address.isAnyLocalAddress()
                || address.isMulticastAddress()) {
            return SPECIAL;
        }
        if (address.isLoopbackAddress()) {
            return LOOPBACK;
        }
        if (address.isLinkLocalAddress()) {
            return LINK_LOCAL;
        }
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address ? v4(bytes) : v6(bytes);
    }

    private static AddressKind v4(byte[] b) {
        int first = b[0] & BYTE;
        int second = b[1] & BYTE;
        int third = b[2] & BYTE;
        if (first == 10
                || (first == 172 && second >= 16 && second < 32)
                || (first == 192 && second == 168)
                || (first == 100 && second >= 64 && second < 128)) {
            return PRIVATE;
        }
        boolean special =
                first == 0
                        || first >= 240
                        || (first == 192 && second == 0 && (third == 0 || third == 2))
                        || (first == 198 && (second == 18 || second == 19))
                        || (first == 198 && second == 51 && third == 100)
                        || (first == 203 && second == 0 && third == 113);
        return special ? SPECIAL : PUBLIC;
    }

    private static AddressKind v6(byte[] b) {
        if ((b[0] & 0xfe) == 0xfc || ((b[0] & BYTE) == 0xfe && (b[1] & 0xc0) == 0xc0)) {
            return PRIVATE;
        }
        // Addresses that carry one of IPv4: 6to4 (RFC 3056), NAT64 (RFC 6052), compatible ones.
        if (starts(b, 0x20, 0x02)) {
            return embedded(b, 2);
        }
        if (starts(b, 0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0)
                || starts(b, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)) {
            return embedded(b, b.length - V4_BYTES);
        }
        boolean global = (b[0] & 0xe0) == 0x20;
        boolean special = starts(b, 0x20, 0x01, 0x0d, 0xb8) || starts(b, 0x20, 0x01, 0, 0);
        return global && !special ? PUBLIC : SPECIAL;
    }

    private static boolean starts(byte[] address, int... prefix) {
        for (int i = 0; i < prefix.length; i++) {
            if ((address[i] & BYTE) != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    private static AddressKind embedded(byte[] address, int from) {
        try {
            return of(InetAddress.getByAddress(Arrays.copyOfRange(address, from, from + V4_BYTES)));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    /** The kind in a sentence. */
    String label() {
        return this == LINK_LOCAL ? "link-local" : name().toLowerCase(Locale.ROOT);
    }
}
