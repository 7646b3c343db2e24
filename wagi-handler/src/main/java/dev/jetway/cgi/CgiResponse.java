package dev.jetway.cgi;

import dev.jetway.base.LogText;
import dev.jetway.http.ConnectionFields;
import dev.jetway.http.Field;
import dev.jetway.http.Preconditions;
import dev.jetway.http.Redirection;
import dev.jetway.http.RequestHead;
import dev.jetway.http.ResponseHead;
import dev.jetway.http.SingleFields;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** The meaning of a guest's header block (RFC 3875 §6.2, and Wagi where it differs). */
public final class CgiResponse {
    private static final Pattern STATUS = Pattern.compile("[2-9]\\d\\d");
    private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");

    private CgiResponse() {}

    /**
     * The response's head.
     *
     * @param request the request; if it is for the page of an error, the error's status holds, and
     *     the fields of the responses before are sent too
     * @param conditional whether conditions of the request are evaluated
     * @throws InvalidResponseException if the block has none of Content-Type, Location and Status,
     *     an unreadable one, or two fields of a name that is not a list
     */
    public static ResponseHead of(List<Field> block, RequestHead request, boolean conditional)
            throws InvalidResponseException {
        Optional<Redirection> before = request.redirection();
        Optional<String> location = single(block, "Location");
        Optional<String> status = single(block, "Status");
        if (location.isEmpty() && status.isEmpty() && single(block, "Content-Type").isEmpty()) {
            throw new InvalidResponseException(
                    "the header block has none of Content-Type, Location and Status");
        }
        List<Field> fields = fields(block, before.map(Redirection::fields).orElse(List.of()));
        Optional<Redirection> error = before.filter(Redirection::isError);
        if (conditional && status.isEmpty() && location.isEmpty() && error.isEmpty()) {
            int asked = Preconditions.status(request, block, InstantSource.system());
            return new ResponseHead(
                    asked,
                    Optional.empty(),
                    asked == 304 ? Preconditions.notModified(fields) : fields,
                    contentLength(block));
        }
        int standard = location.isPresent() ? 302 : error.map(Redirection::status).orElse(200);
        int code = status.isPresent() ? code(status.get()) : standard;
        return new ResponseHead(
                code, status.flatMap(CgiResponse::reason), fields, contentLength(block));
    }

    /** The fields of earlier responses that the block does not have, then those of the block. */
    private static List<Field> fields(List<Field> block, List<Field> earlier)
            throws InvalidResponseException {
        var fields = new ArrayList<Field>(block.size() + earlier.size());
        for (Field field : earlier) {
            boolean again = block.stream().anyMatch(f -> f.is(field.name()));
            if (!again || !SingleFields.contains(field.name())) {
                fields.add(field);
            }
        }
        var own = new ArrayList<Field>(block.size());
        for (Field field : block) {
            // The server sends the length when it has checked it.
            if (!ConnectionFields.contains(field.name())
                    && !field.is("Status")
                    && !field.is("Content-Length")
                    && !isRepeated(field, own, block)) {
                own.add(field);
            }
        }
        fields.addAll(own);
        return fields;
    }

    /** Whether a field that is not a list has been taken already; another value is invalid. */
    private static boolean isRepeated(Field field, List<Field> taken, List<Field> block)
            throws InvalidResponseException {
        if (!SingleFields.contains(field.name())) {
            return false;
        }
        single(block, field.name());
        for (Field own : taken) {
            if (own.is(field.name())) {
                return true;
            }
        }
        return false;
    }

    /**
     * The fields of a redirecting response that are sent with the next response, as in Apache: all
     * but those that describe this response.
     */
    public static List<Field> kept(ResponseHead head) {
        return head.fields().stream()
                .filter(f -> !f.name().regionMatches(true, 0, "Content-", 0, 8))
                .filter(f -> !f.is("Location") && !f.is("ETag") && !f.is("Last-Modified"))
                .toList();
    }

    /** RFC 3875 §6.3: a CGI field is allowed once; a repetition with an equal value is accepted. */
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

    /** RFC 3875 §6.3.3: three digits, then an optional reason. 1xx would not end the exchange. */
    private static int code(String status) throws InvalidResponseException {
        String digits = status.split("\\s", 2)[0];
        if (!STATUS.matcher(digits).matches()) {
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
        if (!LENGTH.matcher(text.get()).matches()) {
            throw new InvalidResponseException(
                    "'" + LogText.escape(text.get()) + "' is not a Content-Length");
        }
        return OptionalLong.of(Long.parseLong(text.get()));
    }
}
