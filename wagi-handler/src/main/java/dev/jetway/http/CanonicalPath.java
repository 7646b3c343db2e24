package dev.jetway.http;

import dev.jetway.base.ByteText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The one form of a path in which all spellings of it are equal: percent-encoding is kept only for
 * bytes that cannot stand by themselves in a segment (RFC 3986 §3.3) and for {@code %2F}; dot
 * segments are resolved after decoding (§6.2.2.3) and doubled slashes are one slash, as in Apache.
 * Routes, access rules and variables are found by this form only.
 */
public final class CanonicalPath {
    private static final String SIGNS = "-._~!$&'()*+,;=:@";
    private static final boolean[] PLAIN = plain();
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private CanonicalPath() {}

    private static boolean[] plain() {
        var plain = new boolean[128];
        for (char c = 0; c < plain.length; c++) {
            plain[c] =
                    (c >= '0' && c <= '9')
                            || (c >= 'A' && c <= 'Z')
                            || (c >= 'a' && c <= 'z')
                            || SIGNS.indexOf(c) >= 0;
        }
        return plain;
    }

    /**
     * The canonical form.
     *
     * @param raw begins with a slash; bytes as {@link ByteText} has them
     * @return empty if {@code ..} leads above the root
     */
    public static Optional<String> of(String raw) {
        return isCanonical(raw) ? Optional.of(raw) : segments(raw, false).map(CanonicalPath::join);
    }

    /** The same, with encoded slashes ({@code %2F}) read as slashes. */
    public static Optional<String> withSlashesDecoded(String raw) {
        return segments(raw, true).map(CanonicalPath::join);
    }

    /** Whether there is nothing to do, as for most paths. */
    private static boolean isCanonical(String raw) {
        char before = 0;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            boolean slash = c == '/';
            if (before == '/' && (slash || c == '.')) {
                return false;
            }
            if (!slash && (c >= PLAIN.length || !PLAIN[c])) {
                return false;
            }
            before = c;
        }
        return raw.startsWith("/");
    }

    /**
     * The part of a raw path that follows the first segments of its canonical form.
     *
     * @param script the first segments, canonical; empty for none
     * @param slashes whether encoded slashes count as slashes
     */
    public static String rest(String raw, String script, boolean slashes) {
        int depth = (int) script.chars().filter(c -> c == '/').count();
        if (depth == 0) {
            return raw;
        }
        return segments(raw, slashes)
                .filter(kept -> kept.size() >= depth)
                .map(kept -> raw.substring(kept.get(depth - 1).end()))
                .orElse("");
    }

    /**
     * A segment that counts.
     *
     * @param text canonical
     * @param end where it ends in the raw path
     */
    private record Segment(String text, int end) {}

    private static Optional<List<Segment>> segments(String raw, boolean slashes) {
        var kept = new ArrayList<Segment>();
        int from = raw.startsWith("/") ? 1 : 0;
        while (from <= raw.length()) {
            int end = end(raw, from, slashes);
            boolean last = end == raw.length();
            String text = segment(raw.substring(from, end));
            if (text.equals("..") && kept.isEmpty()) {
                return Optional.empty();
            }
            if (text.equals("..")) {
                kept.removeLast();
            }
            boolean folder = text.isEmpty() || text.equals(".") || text.equals("..");
            if (!folder || last) {
                kept.add(new Segment(folder ? "" : text, end));
            }
            from = end + (last || raw.charAt(end) == '/' ? 1 : 3);
        }
        return Optional.of(kept);
    }

    private static int end(String raw, int from, boolean slashes) {
        int end = from;
        while (end < raw.length()
                && raw.charAt(end) != '/'
                && !(slashes && raw.regionMatches(true, end, "%2F", 0, 3))) {
            end++;
        }
        return end;
    }

    private static String join(List<Segment> segments) {
        var path = new StringBuilder();
        segments.forEach(s -> path.append('/').append(s.text()));
        return path.toString();
    }

    private static String segment(String raw) {
        byte[] bytes = ByteText.encode(raw);
        var text = new StringBuilder(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int b = PathText.encoded(bytes, i);
            i += b < 0 ? 0 : 2;
            put(b < 0 ? bytes[i] & 0xff : b, text);
        }
        return text.toString();
    }

    private static void put(int b, StringBuilder text) {
        if (b < PLAIN.length && PLAIN[b]) {
            text.append((char) b);
        } else {
            text.append('%').append(HEX[b >> 4]).append(HEX[b & 0xf]);
        }
    }
}
