package dev.jetway.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads one line of the field Forwarded (RFC 7239 §4). Used by one thread. */
final class ForwardedLine {
    private static final String TOKEN_SIGNS = "!#$%&'*+-.^_`|~";

    private final String text;
    private int at;

    private ForwardedLine(String text) {
        this.text = text;
    }

    /**
     * The parameters that one proxy has added.
     *
     * @param pairs by name in lower case; immutable
     */
    record Element(Map<String, String> pairs) {
        Optional<String> value(String name) {
            return Optional.ofNullable(pairs.get(name));
        }
    }

    /** The elements from left to right; empty if the line does not match the grammar. */
    static Optional<List<Element>> parse(String text) {
        return new ForwardedLine(text).elements();
    }

    private Optional<List<Element>> elements() {
        var elements = new ArrayList<Element>();
        do {
            skipSpace();
            // Empty elements of a list are ignored (RFC 9110 §5.6.1).
            if (at == text.length() || text.charAt(at) == ',') {
                continue;
            }
            Optional<Element> element = element();
            if (element.isEmpty()) {
                return Optional.empty();
            }
            elements.add(element.get());
        } while (take(','));
        return at == text.length() ? Optional.of(elements) : Optional.empty();
    }

    private Optional<Element> element() {
        var pairs = new LinkedHashMap<String, String>();
        do {
            skipSpace();
            String name = token().toLowerCase(Locale.ROOT);
            if (name.isEmpty() || !take('=')) {
                return Optional.empty();
            }
            Optional<String> value = value();
            // A name is allowed once in an element.
            if (value.isEmpty() || pairs.putIfAbsent(name, value.get()) != null) {
                return Optional.empty();
            }
            skipSpace();
        } while (take(';'));
        return Optional.of(new Element(Map.copyOf(pairs)));
    }

    private Optional<String> value() {
        if (take('"')) {
            return quoted();
        }
        // Not in the grammar without quotes, but in use: 192.0.2.1:80, [2001:db8::1].
        int from = at;
        while (at < text.length() && (isToken(text.charAt(at)) || isAddress(text.charAt(at)))) {
            at++;
        }
        return from == at ? Optional.empty() : Optional.of(text.substring(from, at));
    }

    private Optional<String> quoted() {
        var value = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return Optional.of(value.toString());
            }
            if (c == '\\' && at < text.length()) {
                c = text.charAt(at++);
            }
            value.append(c);
        }
        return Optional.empty();
    }

    private String token() {
        int from = at;
        while (at < text.length() && isToken(text.charAt(at))) {
            at++;
        }
        return text.substring(from, at);
    }

    private static boolean isToken(char c) {
        return (c >= '0' && c <= '9')
                || (c >= 'A' && c <= 'Z')
                || (c >= 'a' && c <= 'z')
                || TOKEN_SIGNS.indexOf(c) >= 0;
    }

    private static boolean isAddress(char c) {
        return c == ':' || c == '[' || c == ']';
    }

    private boolean take(char sign) {
        boolean there = at < text.length() && text.charAt(at) == sign;
        at += there ? 1 : 0;
        return there;
    }

    private void skipSpace() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }
}
