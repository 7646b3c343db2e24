package dev.jetway.cgi;

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

    /** Whether a decoded path may be shown to a guest: no NUL, no {@code ..} segment. */
    public static boolean isSafe(String decoded) {
        if (decoded.indexOf('\0') >= 0) {
            return false;
        }
        return !("/" + decoded + "/").replace('\\', '/').contains("/../");
    }
}
