package dev.jetway.server.log;

import org.apache.commons.text.StringEscapeUtils;

/** A JSON object on one line (RFC 8259). Used by one thread. */
final class JsonLine {
    private final StringBuilder line = new StringBuilder("{");

    void number(String name, long value) {
        name(name);
        line.append(value);
    }

    void text(String name, String value) {
        name(name);
        quote(value);
    }

    String end() {
        return line.append('}').toString();
    }

    private void name(String name) {
        if (line.length() > 1) {
            line.append(',');
        }
        quote(name);
        line.append(':');
    }

    private void quote(String text) {
        line.append('"').append(StringEscapeUtils.escapeJson(text)).append('"');
    }
}
