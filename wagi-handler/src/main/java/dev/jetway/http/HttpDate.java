package dev.jetway.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The three forms of a date in HTTP (RFC 9110 §5.6.7). A wrong weekday is ignored, as in Apache.
 */
public final class HttpDate {
    /** The first of the hundred years that a year of two digits can mean. */
    private static final int FIRST_YEAR = 1970;

    private static final Set<TemporalField> FIELDS =
            Set.of(
                    ChronoField.YEAR,
                    ChronoField.MONTH_OF_YEAR,
                    ChronoField.DAY_OF_MONTH,
                    ChronoField.HOUR_OF_DAY,
                    ChronoField.MINUTE_OF_HOUR,
                    ChronoField.SECOND_OF_MINUTE);
    private static final List<DateTimeFormatter> FORMS =
            Stream.of(
                            form("EEE, dd MMM uuuu HH:mm:ss 'GMT'"),
                            rfc850(),
                            form("EEE MMM ppd HH:mm:ss uuuu"))
                    .map(form ->
                            form.withResolverFields(FIELDS).withResolverStyle(ResolverStyle.STRICT))
                    .toList();

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
