package dev.jetway.jetty;

import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.ByteRange;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.content.HttpContent;

/** What becomes of the field Range before Jetty reads it (RFC 9110 §14.2). Pure functions. */
final class RangeField {
    /** Ranges of one request; with more the whole file is sent. */
    static final int MAX_RANGES = 100;

    private static final int MAX_DIGITS = 18;
    private static final Pattern RANGES =
            Pattern.compile(
                    "bytes=\\s*%1$s(\\s*,\\s*%1$s)*\\s*"
                            .formatted("(\\d{1,%1$d}-(\\d{1,%1$d})?|-\\d{1,%1$d})")
                            .formatted(MAX_DIGITS));

    private RangeField() {}

    /** What is to become of it. */
    enum Use {
        /** There is none. */
        NONE,
        /** It is read. */
        RANGES,
        /** It is as if there were none. */
        IGNORED,
        /** No byte of the file lies in a range: 416. */
        UNSATISFIABLE
    }

    static Use of(String method, HttpFields fields, HttpContent file) {
        List<String> lines = fields.getValuesList(HttpHeader.RANGE);
        if (lines.isEmpty()) {
            return Use.NONE;
        }
        // §14.2: defined for GET only; a list of units or what is no list of ranges is ignored.
        if (!HttpMethod.GET.is(method)
                || lines.size() > 1
                || !isValid(lines.getFirst())
                || !holds(fields.getField(HttpHeader.IF_RANGE), file)) {
            return Use.IGNORED;
        }
        return ByteRange.parse(lines, file.getContentLengthValue()).isEmpty()
                ? Use.UNSATISFIABLE
                : Use.RANGES;
    }

    private static boolean isValid(String value) {
        if (!RANGES.matcher(value).matches()) {
            return false;
        }
        String[] ranges = value.substring(value.indexOf('=') + 1).split(",", MAX_RANGES + 1);
        if (ranges.length > MAX_RANGES) {
            return false;
        }
        for (String range : ranges) {
            String[] ends = range.strip().split("-", 2);
            if (!ends[0].isEmpty()
                    && !ends[1].isEmpty()
                    && Long.parseLong(ends[0]) > Long.parseLong(ends[1])) {
                return false;
            }
        }
        return true;
    }

    /** §13.1.5: a strong entity tag, or the exact date; Jetty does not look at it. */
    private static boolean holds(HttpField ifRange, HttpContent file) {
        if (ifRange == null) {
            return true;
        }
        String value = ifRange.getValue().strip();
        return value.startsWith("\"")
                ? value.equals(file.getETagValue())
                : value.equals(file.getLastModified().getValue());
    }
}
