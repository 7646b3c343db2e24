package dev.jetway.http;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The head of a response as it goes to the client. Immutable.
 *
 * @param status 200 to 999
 * @param reason the reason phrase that the guest chose
 * @param fields in the order that the guest wrote them, repeated ones too, without those of the
 *     connection
 * @param contentLength what the guest declared
 */
public record ResponseHead(
        int status, Optional<String> reason, List<Field> fields, OptionalLong contentLength) {
    /** Copies the fields. */
    public ResponseHead {
        fields = List.copyOf(fields);
    }

    /** Whether HTTP gives this status a body (RFC 9110 §6.4.1). */
    public boolean allowsBody() {
        return status != 204 && status != 205 && status != 304;
    }
}
