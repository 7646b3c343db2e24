package dev.jetway.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Optional;

/** What may be done to the text of a path: remove dot segments, decode once. */
public final class PathText {
    private PathText() {}

    /**
     * Removes {@code .} and {@code ..} segments as RFC 3986 §5.2.4 does. Empty segments stay: they
     * mean something to programs.
     *
     * @return empty if {@code ..} would lead above the root
     */
    public static Optional<String> withoutDotSegments(String rawPath) {
        if (!rawPath.contains("/.")) {
            return Optional.of(rawPath);
        }
        var kept = new ArrayDeque<String>();
        String[] segments = rawPath.substring(1).split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            boolean last = i == segments.length - 1;
            switch (segments[i]) {
                case "." -> {
                    if (last) {
                        kept.addLast("");
                    }
                }
                case ".." -> {
                    if (kept.pollLast() == null) {
                        return Optional.empty();
                    }
                    if (last) {
                        kept.addLast("");
                    }
                }
                default -> kept.addLast(segments[i]);
            }
        }
        return Optional.of("/" + String.join("/", kept));
    }

    /**
     * Decodes {@code %XX} once; {@code +} stays, a lone {@code %} stays, bytes that are not UTF-8
     * become the replacement character (as Wagi does).
     */
    public static String decode(String raw) {
        if (raw.indexOf('%') < 0) {
            return raw;
        }
        byte[] in = raw.getBytes(StandardCharsets.UTF_8);
        var out = ByteBuffer.allocate(in.length);
        for (int i = 0; i < in.length; i++) {
            int high = i + 2 < in.length && in[i] == '%' ? Character.digit(in[i + 1], 16) : -1;
            int low = i + 2 < in.length && in[i] == '%' ? Character.digit(in[i + 2], 16) : -1;
            if (high >= 0 && low >= 0) {
                out.put((byte) (high << 4 | low));
                i += 2;
            } else {
                out.put(in[i]);
            }
        }
        return new String(out.array(), 0, out.position(), StandardCharsets.UTF_8);
    }

    /** Whether a raw path holds a slash that is encoded. */
    public static boolean hasEncodedSlash(String raw) {
        return raw.contains("%2F") || raw.contains("%2f");
    }

    /** Decodes as {@link #decode} does, all but encoded slashes, which stay as they are. */
    public static String decodeExceptSlashes(String raw) {
        if (!hasEncodedSlash(raw)) {
            return decode(raw);
        }
        var decoded = new StringBuilder();
        int from = 0;
        for (int at = nextSlash(raw, 0); at >= 0; at = nextSlash(raw, from)) {
            decoded.append(decode(raw.substring(from, at))).append(raw, at, at + 3);
            from = at + 3;
        }
        return decoded.append(decode(raw.substring(from))).toString();
    }

    private static int nextSlash(String raw, int from) {
        int upper = raw.indexOf("%2F", from);
        int lower = raw.indexOf("%2f", from);
        return upper < 0 || lower < 0 ? Math.max(upper, lower) : Math.min(upper, lower);
    }

    /** Whether a decoded path may be shown to a guest: no NUL, no {@code ..} segment. */
    public static boolean isSafe(String decoded) {
        if (decoded.indexOf('\0') >= 0) {
            return false;
        }
        // Most have none at all.
        return !decoded.contains("..")
                || !("/" + decoded + "/").replace('\\', '/').contains("/../");
    }
}
