package dev.jetway.jetty;

import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.ByteRange;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.content.HttpContent;

/** Evaluates the Range field before Jetty reads it (RFC 9110 §14.2). Pure functions. */
final class RangeField {
    /** Maximum ranges of a request; with more the whole file is sent. */
    static final int MAX_RANGES = 100;

    private static final int MAX_DIGITS = 18;
    private static final Pattern RANGES =
            Pattern.compile(
                    "bytes=\\s*%1$s(\\s*,\\s*%1$s)*\\s*"
                            .formatted("(\\d{1,%1$d}-(\\d{1,%1$d})?|-\\d{1,%1$d})")
                            .formatted(MAX_DIGITS));

    private RangeField() {}

    /** The results. */
    enum Use {
        /** There is no such field. */
        NONE,
        /** The field is passed to Jetty. */
        RANGES,
        /** The field is ignored. */
        IGNORED,
        /** The ranges contain no byte of the file: 416. */
        UNSATISFIABLE
    }

    static Use of(String method, HttpFields fields, HttpContent file) {
        List<String> lines = fields.getValuesList(HttpHeader.RANGE);
        if (lines.isEmpty()) {
            return Use.NONE;
        }
        // §14.2: defined for GET only; other units and invalid lists of ranges are ignored.
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

    /** Evaluates If-Range, which Jetty ignores: a strong entity tag or the exact date (§13.1.5). */
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
