package dev.jetway.http;

import dev.jetway.base.ByteText;
import java.nio.ByteBuffer;

/** Decodes the text of a path once, with or without encoded slashes. */
public final class PathText {
    private PathText() {}

    /**
     * Decodes {@code %XX} once; {@code +} stays, a lone {@code %} stays. Bytes that are not UTF-8
     * are kept ({@link ByteText}).
     */
    public static String decode(String raw) {
        if (raw.indexOf('%') < 0) {
            return raw;
        }
        byte[] in = ByteText.encode(raw);
        var out = ByteBuffer.allocate(in.length);
        for (int i = 0; i < in.length; i++) {
            int b = encoded(in, i);
            out.put(b < 0 ? in[i] : (byte) b);
            i += b < 0 ? 0 : 2;
        }
        return ByteText.decode(out.array(), 0, out.position());
    }

    /** The percent-encoded byte at {@code at}, or -1 if there is none. */
    static int encoded(byte[] text, int at) {
        if (text[at] != '%' || at + 2 >= text.length) {
            return -1;
        }
        int high = Character.digit(text[at + 1], 16);
        int low = Character.digit(text[at + 2], 16);
        return high < 0 || low < 0 ? -1 : (high << 4) | low;
    }

    /** Whether a raw path contains an encoded slash. */
    public static boolean hasEncodedSlash(String raw) {
        return raw.contains("%2F") || raw.contains("%2f");
    }

    /** Decodes as {@link #decode}, but keeps encoded slashes as they are. */
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
        // Quick test: most paths have no two dots.
        return !decoded.contains("..")
                || !("/" + decoded + "/").replace('\\', '/').contains("/../");
    }
}
