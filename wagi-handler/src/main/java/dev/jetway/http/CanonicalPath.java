package dev.jetway.http;

import dev.jetway.base.ByteText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The form in which all spellings of a path are equal: percent-encoding is kept only for bytes that
 * are not allowed in a segment (RFC 3986 §3.3) and for {@code %2F}; dot segments are resolved after
 * decoding (§6.2.2.3) and doubled slashes become one, as in Apache. Routes, access rules and
 * variables are found by this form only.
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
     * @param raw begins with a slash; bytes as in {@link ByteText}
     * @return empty if {@code ..} leads above the root
     */
    public static Optional<String> of(String raw) {
        return isCanonical(raw) ? Optional.of(raw) : segments(raw, false).map(CanonicalPath::join);
    }

    /** The canonical form with encoded slashes ({@code %2F}) read as slashes. */
    public static Optional<String> withSlashesDecoded(String raw) {
        return segments(raw, true).map(CanonicalPath::join);
    }

    /** Whether the path is canonical already, as most paths are. */
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
     * The part of a raw path after the first segments of its canonical form.
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
     * A segment.
     *
     * @param text canonical
     * @param start its start in the raw path
     * @param end its end in the raw path
     */
    private record Segment(String text, int start, int end) {}

    /**
     * The segments after dot segments are resolved. Encoded slashes split the resolved segments, as
     * in Apache; then dots are resolved again.
     */
    private static Optional<List<Segment>> segments(String raw, boolean slashes) {
        Optional<List<Segment>> kept =
                resolved(split(raw, raw.startsWith("/") ? 1 : 0, raw.length(), "/"));
        return slashes
                ? kept.map(all -> splitAgain(raw, all)).flatMap(CanonicalPath::resolved)
                : kept;
    }

    private static List<Segment> split(String raw, int start, int end, String separator) {
        var segments = new ArrayList<Segment>();
        int from = start;
        for (int at = start; at <= end; at++) {
            boolean separated = raw.regionMatches(true, at, separator, 0, separator.length());
            if (at == end || separated) {
                segments.add(new Segment(segment(raw.substring(from, at)), from, at));
                from = at + separator.length();
                at = from - 1;
            }
        }
        return segments;
    }

    private static List<Segment> splitAgain(String raw, List<Segment> segments) {
        var parts = new ArrayList<Segment>();
        for (Segment segment : segments) {
            if (PathText.hasEncodedSlash(segment.text())) {
                parts.addAll(split(raw, segment.start(), segment.end(), "%2F"));
            } else {
                parts.add(segment);
            }
        }
        return parts;
    }

    private static Optional<List<Segment>> resolved(List<Segment> segments) {
        var kept = new ArrayList<Segment>(segments.size());
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            String text = segment.text();
            if (text.equals("..") && kept.isEmpty()) {
                return Optional.empty();
            }
            if (text.equals("..")) {
                kept.removeLast();
            }
            boolean folder = text.isEmpty() || text.equals(".") || text.equals("..");
            if (!folder) {
                kept.add(segment);
            } else if (i == segments.size() - 1) {
                kept.add(new Segment("", segment.start(), segment.end()));
            }
        }
        return Optional.of(kept);
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
