package dev.jetway.server.config.route;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rates in the configuration's notation: {@code 50/s}, {@code 600/m}, {@code 10/h}. */
public final class RateText {
    private static final Pattern RATE = Pattern.compile("([1-9][0-9]{0,6})/([smh])");

    private RateText() {}

    /**
     * Requests a second.
     *
     * @throws IllegalArgumentException if the text is not a rate
     */
    public static double parse(String text) {
        Matcher rate = RATE.matcher(text);
        if (!rate.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a rate: write a number and /s, /m or /h (\"50/s\")");
        }
        int seconds =
                switch (rate.group(2)) {
                    case "s" -> 1;
                    case "m" -> 60;
                    default -> 3600;
                };
        return (double) Integer.parseInt(rate.group(1)) / seconds;
    }
}
