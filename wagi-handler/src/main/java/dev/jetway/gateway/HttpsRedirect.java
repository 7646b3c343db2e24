package dev.jetway.gateway;

import dev.jetway.base.HostPort;
import dev.jetway.http.Field;
import dev.jetway.http.RequestHead;
import dev.jetway.http.ResponseHead;
import java.time.Duration;

/** The responses of a site with rules of HTTPS. */
final class HttpsRedirect {
    private static final int MOVED = 301;

    /** As 301, but with the method and the body kept (RFC 9110 §15.4.9). */
    private static final int PERMANENT = 308;

    private HttpsRedirect() {}

    /** Redirects to the same address over HTTPS, at its standard port. */
    static ResponseHead of(RequestHead head, String authority) {
        boolean safe = head.method().equals("GET") || head.method().equals("HEAD");
        return ResponseHead.bodiless(
                safe ? MOVED : PERMANENT,
                new Field("Location", "https://" + HostPort.host(authority) + head.target().raw()));
    }

    /** The field Strict-Transport-Security (RFC 6797 §6.1). */
    static Field hsts(Duration time) {
        return new Field("Strict-Transport-Security", "max-age=" + time.toSeconds());
    }
}
