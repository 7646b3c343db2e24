package dev.jetway.base;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Times in the configuration's notation: {@code 500ms}, {@code 30s}, {@code 2m}, {@code 1h}, {@code
 * 7d}.
 */
public final class DurationText {
    private static final Pattern TEXT =
            Pattern.compile("(\\d{1,12})\\s*(ms|s|m|h)|(\\d{1,9})\\s*d");

    private DurationText() {}

    /**
     * Reads a time.
     *
     * @throws IllegalArgumentException if the text is none
     */
    public static Duration parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a time: write a number and ms, s, m, h or d");
        }
        if (matcher.group(2) == null) {
            return Duration.ofDays(Long.parseLong(matcher.group(3)));
        }
        long count = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            default -> Duration.ofHours(count);
        };
    }

    /**
     * The time in the largest unit that divides it evenly, a single day in hours; fractions of a
     * millisecond are dropped.
     */
    public static String of(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 1000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1000;
        if (seconds == 0 || seconds % 60 != 0) {
            return seconds + "s";
        }
        if (seconds % 3600 != 0) {
            return seconds / 60 + "m";
        }
        long hours = seconds / 3600;
        return hours > 24 && hours % 24 == 0 ? hours / 24 + "d" : hours + "h";
    }
}
