package dev.jetway.cgi;

import dev.jetway.base.LogText;
import dev.jetway.http.ConnectionFields;
import dev.jetway.http.Field;
import dev.jetway.http.Redirection;
import dev.jetway.http.ResponseHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What the header block of a guest means (RFC 3875 §6.2, and Wagi where it differs). */
public final class CgiResponse {
    private CgiResponse() {}

    /**
     * The response's head.
     *
     * @param error what the response is the page of, if it is: its status and fields hold
     * @throws InvalidResponseException if the block has none of Content-Type, Location and Status,
     *     or one that cannot be read
     */
    public static ResponseHead of(List<Field> block, Optional<Redirection> error)
            throws InvalidResponseException {
        Optional<String> location = single(block, "Location");
        Optional<String> status = single(block, "Status");
        if (location.isEmpty() && status.isEmpty() && single(block, "Content-Type").isEmpty()) {
            throw new InvalidResponseException(
                    "the header block has none of Content-Type, Location and Status");
        }
        var fields = new ArrayList<Field>(block.size());
        error.ifPresent(e -> fields.addAll(e.fields()));
        for (Field field : block) {
            // The length is sent by the server, once it is known to be true.
            if (!ConnectionFields.contains(field.name())
                    && !field.is("Status")
                    && !field.is("Content-Length")) {
                fields.add(field);
            }
        }
        int standard = location.isPresent() ? 302 : error.map(Redirection::status).orElse(200);
        int code = status.isPresent() ? code(status.get()) : standard;
        return new ResponseHead(
                code, status.flatMap(CgiResponse::reason), fields, contentLength(block));
    }

    /** RFC 3875 §6.3: a CGI field stands once; the same value again harms nobody. */
    private static Optional<String> single(List<Field> block, String name)
            throws InvalidResponseException {
        String found = null;
        for (Field field : block) {
            if (field.is(name)) {
                if (found != null && !found.equals(field.value())) {
                    throw new InvalidResponseException("two different " + name + " fields");
                }
                found = field.value();
            }
        }
        return Optional.ofNullable(found);
    }

    /** RFC 3875 §6.3.3: three digits, then perhaps a reason. 1xx would not end the exchange. */
    private static int code(String status) throws InvalidResponseException {
        String digits = status.split("\\s", 2)[0];
        if (!digits.matches("[2-9]\\d\\d")) {
            throw new InvalidResponseException(
                    "'" + LogText.escape(status) + "' is not a status from 200 to 999");
        }
        return Integer.parseInt(digits);
    }

    private static Optional<String> reason(String status) {
        String[] parts = status.split("\\s+", 2);
        return parts.length == 2 && !parts[1].isBlank()
                ? Optional.of(parts[1].strip())
                : Optional.empty();
    }

    private static OptionalLong contentLength(List<Field> block) throws InvalidResponseException {
        Optional<String> text = single(block, "Content-Length");
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!text.get().matches("\\d{1,18}")) {
            throw new InvalidResponseException(
                    "'" + LogText.escape(text.get()) + "' is not a Content-Length");
        }
        return OptionalLong.of(Long.parseLong(text.get()));
    }
}
