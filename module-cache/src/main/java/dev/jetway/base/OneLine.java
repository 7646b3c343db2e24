package dev.jetway.base;

import java.util.regex.Pattern;

/** Makes text from a module or from the engine fit for a message or a log. */
public final class OneLine {
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]+");
    private static final int MAX_LENGTH = 400;

    private OneLine() {}

    public static String of(String text) {
        String line = CONTROL.matcher(text).replaceAll(" ").strip();
        return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + "…";
    }

    /** The message of a failure, or the name of its kind. */
    public static String of(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : of(message);
    }
}
