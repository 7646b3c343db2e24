package dev.jetway.jetty;

import dev.jetway.base.ByteText;
import dev.jetway.http.Field;
import dev.jetway.http.ResponseHead;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/** Converts response heads to Jetty's form, byte for byte. */
final class ResponseFields {
    private ResponseFields() {}

    /** Sets the head of a response that has not been sent. */
    static void set(ResponseHead head, Response response) {
        response.setStatus(head.status());
        HttpFields.Mutable fields = response.getHeaders();
        for (Field field : head.fields()) {
            var own = new HttpField(field.name(), ByteText.toLatin1(field.value()));
            // Jetty's own field gives way to the program's.
            if (field.is("Date") || field.is("Server")) {
                fields.put(own);
            } else {
                fields.add(own);
            }
        }
        if (head.contentLength().isPresent() && head.allowsBody()) {
            fields.put(HttpHeader.CONTENT_LENGTH, head.contentLength().getAsLong());
        }
        reason(head, response.getRequest());
    }

    /**
     * Sets the reason phrase, which HTTP/2 does not have. Jetty writes the digits for an unknown
     * status.
     */
    private static void reason(ResponseHead head, Request request) {
        boolean unknown = HttpStatus.getCode(head.status()) == null;
        if ((head.reason().isPresent() || unknown) && JettyExchange.isHttp1(request)) {
            String reason = ByteText.toLatin1(head.reason().orElse(""));
            request.addHttpStreamWrapper(stream -> new ReasonStream(stream, reason));
        }
    }
}
