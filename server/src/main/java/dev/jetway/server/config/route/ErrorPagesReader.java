package dev.jetway.server.config.route;

import dev.jetway.failure.ErrorPage;
import dev.jetway.failure.ErrorPages;
import dev.jetway.failure.ErrorPages.Replacement;
import dev.jetway.http.RequestTarget;
import dev.jetway.server.config.table.Problems;
import dev.jetway.server.config.table.Section;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.InvalidPathException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Reads the table {@code error-pages}: status = a target on this server, or a file that is read
 * now.
 */
public final class ErrorPagesReader {
    public static final String KEY = "error-pages";

    /** Maximum bytes of a page. */
    public static final int MAX_BYTES = 256 << 10;

    private static final Map<String, String> TYPES =
            Map.of(
                    "html", "text/html;charset=utf-8",
                    "htm", "text/html;charset=utf-8",
                    "json", "application/problem+json",
                    "txt", "text/plain;charset=utf-8");

    private final SearchPath search;
    private final Problems problems;

    public ErrorPagesReader(SearchPath search, Problems problems) {
        this.search = search;
        this.problems = problems;
    }

    public ErrorPages read(Section section) {
        var pages = new HashMap<Integer, Replacement>();
        section.texts(KEY)
                .forEach((status, text) -> {
                    try {
                        pages.put(status(status), replacement(text));
                    } catch (IllegalArgumentException e) {
                        problems.error(
                                section.position(KEY, status),
                                "'" + KEY + "." + status + "': " + e.getMessage());
                    }
                });
        return new ErrorPages(pages);
    }

    /** The page of one status with a key of its own. */
    public ErrorPages readOne(Section section, String key, int status) {
        return section.parsed(key, this::replacement)
                .map(page -> new ErrorPages(Map.of(status, page)))
                .orElse(ErrorPages.NONE);
    }

    private static int status(String text) {
        if (!text.matches("[45]\\d\\d")) {
            throw new IllegalArgumentException(
                    "is not a status from "
                            + ErrorPages.MIN_STATUS
                            + " to "
                            + ErrorPages.MAX_STATUS);
        }
        return Integer.parseInt(text);
    }

    private Replacement replacement(String text) {
        if (text.startsWith("/")) {
            if (!text.matches("[!-~]+")
                    || text.contains("#")
                    || RequestTarget.parse(text).isEmpty()) {
                throw new IllegalArgumentException(
                        "'" + text + "' is not a path with an optional query");
            }
            return new Replacement.At(text);
        }
        return new Replacement.Page(page(text));
    }

    private ErrorPage page(String text) {
        String extension = text.substring(text.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        String type = TYPES.get(extension);
        if (type == null) {
            throw new IllegalArgumentException(
                    "'" + text + "' is neither a path (/…) nor a file .html, .txt or .json");
        }
        try {
            return new ErrorPage(
                    type,
                    search.text(text, MAX_BYTES)
                            .orElseThrow(() ->
                                    new IllegalArgumentException(
                                            "'"
                                                    + text
                                                    + "' is larger than "
                                                    + MAX_BYTES
                                                    + " bytes")));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("'" + text + "' is not UTF-8", e);
        } catch (IOException | InvalidPathException e) {
            throw new IllegalArgumentException("the file '" + text + "' cannot be read", e);
        }
    }
}
