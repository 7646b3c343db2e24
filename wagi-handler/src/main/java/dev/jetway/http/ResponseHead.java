package dev.jetway.http;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The head of a response to the client. Immutable.
 *
 * @param status 200 to 999
 * @param reason the guest's reason phrase
 * @param fields in the guest's order, with repeated ones, without those of the connection
 * @param contentLength the length that the guest declared
 */
public record ResponseHead(
        int status, Optional<String> reason, List<Field> fields, OptionalLong contentLength) {
    /** Copies the fields. */
    public ResponseHead {
        fields = List.copyOf(fields);
    }

    /** A response without a body whose one field says it all. */
    public static ResponseHead bodiless(int status, Field field) {
        return new ResponseHead(status, Optional.empty(), List.of(field), OptionalLong.of(0));
    }

    /** Whether a response with this status has a body (RFC 9110 §6.4.1). */
    public boolean allowsBody() {
        return status != 204 && status != 205 && status != 304;
    }
}
