package dev.jetway.failure;

import dev.jetway.http.RequestHead;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The body of an error: one sentence, nothing about the host. Immutable.
 *
 * @param mediaType HTML for browsers, {@code application/problem+json} (RFC 9457) for clients that
 *     ask for JSON, else plain text
 * @param text the body
 */
public record ErrorPage(String mediaType, String text) {
    /** The page of an error in the form that the request's Accept field prefers. */
    public static ErrorPage of(ErrorResponse error, RequestHead head) {
        return of(error.status(), error.text(), head.field("Accept").orElse(""));
    }

    /**
     * The page of a status.
     *
     * @param accept the value of the Accept field; the form named first wins
     */
    public static ErrorPage of(int status, String sentence, String accept) {
        String title = status + " " + title(status);
        String wanted = accept.toLowerCase(Locale.ROOT);
        int html = position(wanted, "text/html");
        int json =
                Math.min(position(wanted, "/json"), position(wanted, "application/problem+json"));
        int plain = position(wanted, "text/plain");
        if (json < html && json < plain) {
            return new ErrorPage(
                    "application/problem+json",
                    "{\"status\":%d,\"title\":\"%s\",\"detail\":\"%s\"}%n"
                            .formatted(status, title(status), sentence));
        }
        if (html < plain) {
            return new ErrorPage(
                    "text/html;charset=utf-8",
                    "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>%1$s</title>"
                                    .formatted(title)
                            + "<style>:root{color-scheme:light dark;font:1rem/1.5 system-ui,"
                            + "sans-serif}body{max-width:40rem;margin:3rem auto;padding:0 1rem}"
                            + "</style><h1>%s</h1><p>%s%n".formatted(title, sentence));
        }
        return new ErrorPage("text/plain;charset=utf-8", title + ": " + sentence + "\n");
    }

    private static int position(String accept, String form) {
        int at = accept.indexOf(form);
        return at < 0 ? Integer.MAX_VALUE : at;
    }

    /** The body in bytes. */
    public byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The titles of RFC 9110 §15 for the statuses that the server sends. */
    private static String title(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 408 -> "Request Timeout";
            case 412 -> "Precondition Failed";
            case 413 -> "Content Too Large";
            case 414 -> "URI Too Long";
            case 416 -> "Range Not Satisfiable";
            case 417 -> "Expectation Failed";
            case 426 -> "Upgrade Required";
            case 429 -> "Too Many Requests";
            case 431 -> "Request Header Fields Too Large";
            case 501 -> "Not Implemented";
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            case 504 -> "Gateway Timeout";
            case 505 -> "HTTP Version Not Supported";
            default -> status < 500 ? "Request Refused" : "Server Error";
        };
    }
}
