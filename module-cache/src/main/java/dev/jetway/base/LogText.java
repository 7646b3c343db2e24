package dev.jetway.base;

/** Makes text of guests and clients fit for a log: one line without control characters. */
public final class LogText {
    private LogText() {}

    /** Control characters, line separators and the backslash become escapes. */
    public static String escape(String text) {
        var out = new StringBuilder(text.length());
        text.codePoints()
                .forEach(c -> {
                    if (c == '\\') {
                        out.append("\\\\");
                    } else if (Character.isISOControl(c)
                            || c == 0x2028
                            || c == 0x2029
                            || Character.getType(c) == Character.FORMAT) {
                        out.append(String.format("\\u%04x", c));
                    } else {
                        out.appendCodePoint(c);
                    }
                });
        return out.toString();
    }
}
