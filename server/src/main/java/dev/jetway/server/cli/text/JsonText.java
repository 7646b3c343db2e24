package dev.jetway.server.cli.text;

/** Texts of JSON (RFC 8259 §7). */
public final class JsonText {
    private JsonText() {}

    /** A text in quotes, with all that is not printable ASCII escaped. */
    public static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                quoted.append("\\u%04x".formatted((int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
