package dev.jetway.server.config.spin;

import java.util.ArrayList;
import java.util.List;

/**
 * A pattern of paths, as Spin's {@code files} and {@code exclude_files} have them: {@code ?},
 * {@code *}, {@code [a-z]}, {@code [!a-z]}, and {@code **} for any folders. The time of a match is
 * at most the product of both lengths. Immutable.
 */
final class Glob {
    /** Maximum characters of a pattern. */
    static final int MAX_LENGTH = 1024;

    private static final String META = "*?[";

    private final List<Token> tokens;

    /** A part of a pattern. */
    private sealed interface Token {
        /** One character out of some. */
        record One(String set, boolean inverted, boolean slash) implements Token {
            boolean takes(char c) {
                return (c != '/' || slash) && isInSet(c) != inverted;
            }

            private boolean isInSet(char c) {
                for (int i = 0; i < set.length(); i++) {
                    boolean range = i + 2 < set.length() && set.charAt(i + 1) == '-';
                    char last = set.charAt(range ? i + 2 : i);
                    if (c >= set.charAt(i) && c <= last) {
                        return true;
                    }
                    i += range ? 2 : 0;
                }
                return false;
            }
        }

        /** One given character. */
        record Letter(char letter) implements Token {}

        /** Any characters. */
        record Star(boolean slash) implements Token {}

        /** Any folders, with the slashes after them. */
        record Folders() implements Token {}
    }

    private Glob(List<Token> tokens) {
        this.tokens = tokens;
    }

    /** Whether a text has characters with a meaning in patterns. */
    static boolean isPattern(String text) {
        return text.chars().anyMatch(c -> META.indexOf(c) >= 0);
    }

    /**
     * A pattern in which {@code *} and {@code ?} stay within a folder, as in {@code files}.
     *
     * @throws IllegalArgumentException if it is invalid
     */
    static Glob ofFiles(String text) {
        return new Glob(tokens(text, false));
    }

    /**
     * A pattern in which {@code *} and {@code ?} match slashes too, as in {@code exclude_files}.
     *
     * @throws IllegalArgumentException if it is invalid
     */
    static Glob ofExcluded(String text) {
        return new Glob(tokens(text, true));
    }

    private static List<Token> tokens(String text, boolean slash) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "a pattern has at most " + MAX_LENGTH + " characters");
        }
        var tokens = new ArrayList<Token>();
        for (int i = 0; i < text.length(); ) {
            i = add(text, i, slash, tokens);
        }
        return tokens;
    }

    /** Adds the token at a place and returns the place after it. */
    private static int add(String text, int at, boolean slash, List<Token> tokens) {
        char c = text.charAt(at);
        if (text.startsWith("**", at)) {
            return addFolders(text, at, tokens);
        }
        switch (c) {
            case '*' -> tokens.add(new Token.Star(slash));
            case '?' -> tokens.add(new Token.One("", true, slash));
            case '[' -> {
                return addSet(text, at, slash, tokens);
            }
            default -> tokens.add(new Token.Letter(c));
        }
        return at + 1;
    }

    private static int addFolders(String text, int at, List<Token> tokens) {
        int end = at + 2;
        boolean begins = at == 0 || text.charAt(at - 1) == '/';
        boolean ends = end == text.length() || text.charAt(end) == '/';
        if (!begins || !ends) {
            throw new IllegalArgumentException(
                    "'**' in '" + text + "' must stand alone between slashes: 'assets/**/*.png'");
        }
        tokens.add(end == text.length() ? new Token.Star(true) : new Token.Folders());
        return Math.min(end + 1, text.length());
    }

    private static int addSet(String text, int at, boolean slash, List<Token> tokens) {
        boolean inverted = text.startsWith("!", at + 1);
        int start = at + (inverted ? 2 : 1);
        // A bracket in the first place stands for itself.
        int end = text.indexOf(']', start + 1);
        if (end < 0) {
            throw new IllegalArgumentException("'[' in '" + text + "' has no ']'");
        }
        tokens.add(new Token.One(text.substring(start, end), inverted, slash));
        return end + 1;
    }

    /** Whether the pattern matches a whole path, relative and with slashes. */
    boolean matches(String path) {
        var reached = new boolean[path.length() + 1];
        reached[0] = true;
        for (Token token : tokens) {
            reached = after(token, reached, path);
        }
        return reached[path.length()];
    }

    /** The places that can be reached by a token from places reached before it. */
    private static boolean[] after(Token token, boolean[] before, String path) {
        var after = new boolean[before.length];
        boolean open = false;
        for (int i = 0; i < before.length; i++) {
            char last = i == 0 ? '/' : path.charAt(i - 1);
            after[i] =
                    switch (token) {
                        case Token.Letter(char letter) -> i > 0 && before[i - 1] && last == letter;
                        case Token.One one -> i > 0 && before[i - 1] && one.takes(last);
                        case Token.Star(boolean slash) -> {
                            open = before[i] || (open && (slash || last != '/'));
                            yield open;
                        }
                        case Token.Folders() -> {
                            open |= before[i];
                            yield before[i] || (open && i > 0 && last == '/');
                        }
                    };
        }
        return after;
    }
}
