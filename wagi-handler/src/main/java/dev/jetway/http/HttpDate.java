package dev.jetway.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The three forms of a date in HTTP (RFC 9110 §5.6.7). */
public final class HttpDate {
    /** The first of the hundred years that a year of two digits can mean. */
    private static final int FIRST_YEAR = 1970;

    private static final List<DateTimeFormatter> FORMS =
            List.of(
                    form("EEE, dd MMM uuuu HH:mm:ss 'GMT'"),
                    rfc850(),
                    form("EEE MMM ppd HH:mm:ss uuuu"));

    private HttpDate() {}

    private static DateTimeFormatter form(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
    }

    private static DateTimeFormatter rfc850() {
        return new DateTimeFormatterBuilder()
                .appendPattern("EEEE, dd-MMM-")
                .appendValueReduced(ChronoField.YEAR, 2, 2, FIRST_YEAR)
                .appendPattern(" HH:mm:ss 'GMT'")
                .toFormatter(Locale.ENGLISH);
    }

    /** The instant of a date; empty if the text is not a date. */
    public static Optional<Instant> parse(String text) {
        return FORMS.stream().flatMap(form -> parse(text, form).stream()).findFirst();
    }

    private static Optional<Instant> parse(String text, DateTimeFormatter form) {
        try {
            return Optional.of(LocalDateTime.parse(text, form).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
