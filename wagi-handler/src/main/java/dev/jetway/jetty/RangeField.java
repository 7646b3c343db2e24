package dev.jetway.jetty;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.content.HttpContent;

/** Evaluates the Range field before Jetty reads it (RFC 9110 §14.2). Pure functions. */
final class RangeField {
    /** Maximum ranges of a request; with more the whole file is sent. */
    static final int MAX_RANGES = 100;

    /** Digits of a position that fits into a long; a longer one is beyond any file. */
    private static final int DIGITS = 18;

    /** §14.1: names of units are case-insensitive. */
    private static final Pattern BYTES = Pattern.compile("(?i:bytes)=(.*)");

    private static final Pattern RANGE = Pattern.compile("(\\d+)-(\\d*)|-(\\d+)");

    private RangeField() {}

    /** The results. */
    sealed interface Use {
        /** There is no such field, or it is ignored: the whole file is sent. */
        record Whole() implements Use {}

        /**
         * Parts are sent.
         *
         * @param value the field for Jetty, with parts of this file only
         */
        record Parts(String value) implements Use {}

        /** The ranges contain no byte of the file: 416. */
        record Unsatisfiable() implements Use {}
    }

    /**
     * A part of the file.
     *
     * @param last position of its last byte
     */
    private record Part(long first, long last) {}

    static Use of(String method, HttpFields fields, HttpContent file) {
        List<String> lines = fields.getValuesList(HttpHeader.RANGE);
        // §14.2: defined for GET only. Of an empty file there is no part to send, as in Apache.
        if (lines.size() != 1
                || !HttpMethod.GET.is(method)
                || file.getContentLengthValue() == 0
                || !holds(fields.getField(HttpHeader.IF_RANGE), file)) {
            return new Use.Whole();
        }
        return parts(lines.getFirst(), file.getContentLengthValue())
                .map(RangeField::use)
                .orElseGet(Use.Whole::new);
    }

    private static Use use(List<Part> parts) {
        if (parts.isEmpty()) {
            return new Use.Unsatisfiable();
        }
        var value = new StringBuilder("bytes=");
        for (Part part : parts) {
            value.append(value.length() > 6 ? "," : "").append(part.first()).append('-');
            value.append(part.last());
        }
        return new Use.Parts(value.toString());
    }

    /** The parts within a file of that size; empty if the field is another unit's or invalid. */
    private static Optional<List<Part>> parts(String field, long size) {
        Matcher unit = BYTES.matcher(field.strip());
        if (!unit.matches()) {
            return Optional.empty();
        }
        var parts = new ArrayList<Part>();
        int ranges = 0;
        for (String text : unit.group(1).split(",", -1)) {
            String range = text.strip();
            // §5.6.1.2: empty elements of a list are ignored.
            if (range.isEmpty()) {
                continue;
            }
            Matcher read = RANGE.matcher(range);
            if (!read.matches() || ++ranges > MAX_RANGES || isReversed(read)) {
                return Optional.empty();
            }
            Part part = part(read, size);
            if (part.first() < size) {
                parts.add(part);
            }
        }
        return ranges == 0 ? Optional.empty() : Optional.of(parts);
    }

    private static boolean isReversed(Matcher range) {
        String last = range.group(2);
        return last != null && !last.isEmpty() && number(last) < number(range.group(1));
    }

    private static Part part(Matcher range, long size) {
        if (range.group(3) != null) {
            return new Part(size - Math.min(number(range.group(3)), size), size - 1);
        }
        String last = range.group(2);
        return new Part(
                number(range.group(1)),
                last.isEmpty() ? size - 1 : Math.min(number(last), size - 1));
    }

    private static long number(String digits) {
        String significant = digits.replaceFirst("^0+(?=.)", "");
        return significant.length() > DIGITS ? Long.MAX_VALUE : Long.parseLong(significant);
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
