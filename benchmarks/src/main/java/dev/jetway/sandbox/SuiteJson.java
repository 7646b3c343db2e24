package dev.jetway.sandbox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;

/** Reads what wast2json writes: objects, arrays and strings as maps, lists and strings. */
@NullMarked
final class SuiteJson {
    private final String text;
    private int at;

    private SuiteJson(String text) {
        this.text = text;
    }

    /**
     * The one object of a file.
     *
     * @throws IllegalArgumentException if it is damaged
     */
    static Map<?, ?> parse(String text) {
        return (Map<?, ?>) new SuiteJson(text).value();
    }

    private Object value() {
        return switch (peek()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            default -> word();
        };
    }

    private Map<String, Object> object() {
        var members = new LinkedHashMap<String, Object>();
        at++;
        while (peek() != '}') {
            String name = string();
            expect(':');
            members.put(name, value());
            skipComma();
        }
        at++;
        return members;
    }

    private List<Object> array() {
        var elements = new ArrayList<>();
        at++;
        while (peek() != ']') {
            elements.add(value());
            skipComma();
        }
        at++;
        return elements;
    }

    private String string() {
        expect('"');
        var out = new StringBuilder();
        while (text.charAt(at) != '"') {
            char c = text.charAt(at++);
            out.append(c == '\\' ? escaped() : c);
        }
        at++;
        return out.toString();
    }

    private char escaped() {
        char c = text.charAt(at++);
        if (c != 'u') {
            return c;
        }
        at += 4;
        return (char) Integer.parseInt(text.substring(at - 4, at), 16);
    }

    private String word() {
        int start = at;
        while (Character.isLetterOrDigit(text.charAt(at)) || "+-.".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        if (start == at) {
            throw new IllegalArgumentException("unexpected " + text.charAt(at) + " at " + at);
        }
        return text.substring(start, at);
    }

    private void skipComma() {
        if (peek() == ',') {
            at++;
        }
    }

    private void expect(char c) {
        if (peek() != c) {
            throw new IllegalArgumentException("no " + c + " at " + at);
        }
        at++;
    }

    private char peek() {
        while (Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return text.charAt(at);
    }
}
