package dev.jetway.servlet;

import dev.jetway.base.ByteText;
import dev.jetway.base.HostPort;
import dev.jetway.http.Endpoint;
import dev.jetway.http.Field;
import dev.jetway.http.RequestHead;
import dev.jetway.http.RequestTarget;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Converts requests of the servlet API to the pipeline's. */
final class RequestHeads {
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private RequestHeads() {}

    /** The head of a request; empty if its target has no path below the root. */
    static Optional<RequestHead> of(HttpServletRequest request, String id) {
        Optional<String> query =
                Optional.ofNullable(request.getQueryString()).map(RequestHeads::text);
        Optional<String> authority = authority(request);
        return RequestTarget.received(text(request.getRequestURI()), query)
                .map(target ->
                        new RequestHead(
                                id,
                                request.getMethod(),
                                target,
                                request.getProtocol(),
                                request.isSecure(),
                                authority,
                                fields(request, authority),
                                endpoint(request.getRemoteAddr(), request.getRemotePort()),
                                endpoint(request.getLocalAddr(), request.getLocalPort()),
                                Optional.empty()));
    }

    /** The text of a target that a container has read as UTF-8, or byte by byte. */
    private static String text(String target) {
        return target.chars().allMatch(c -> c <= 0xff) ? ByteText.ofLatin1(target) : target;
    }

    /** Whether the request was sent over HTTP/1.0 or HTTP/1.1. */
    static boolean isHttp1(HttpServletRequest request) {
        return request.getProtocol().startsWith("HTTP/1.");
    }

    /** The host with an optional port, as sent unless a proxy's fields have replaced it. */
    private static Optional<String> authority(HttpServletRequest request) {
        String sent = request.getHeader("Host");
        if (isHttp1(request) && (sent == null || sent.isEmpty())) {
            return Optional.empty();
        }
        String name = request.getServerName();
        if (sent != null && HostPort.host(sent).equalsIgnoreCase(name)) {
            return Optional.of(sent);
        }
        int standard = request.isSecure() ? HTTPS_PORT : HTTP_PORT;
        int port = request.getServerPort();
        return Optional.of(port == standard ? name : name + ":" + port);
    }

    private static List<Field> fields(HttpServletRequest request, Optional<String> authority) {
        var fields = new ArrayList<Field>();
        // HTTP/2 has the host in the target only; guests see a Host field in all versions.
        if (request.getHeader("Host") == null && !isHttp1(request)) {
            authority.ifPresent(host -> fields.add(new Field("Host", host)));
        }
        for (String name : Collections.list(request.getHeaderNames())) {
            for (String value : Collections.list(request.getHeaders(name))) {
                fields.add(new Field(name, value == null ? "" : ByteText.ofLatin1(value)));
            }
        }
        return fields;
    }

    private static Endpoint endpoint(String address, int port) {
        try {
            String bare = address.replaceAll("[\\[\\]]|%.*", "");
            return Endpoint.of(InetAddress.ofLiteral(bare), Math.max(port, 0));
        } catch (IllegalArgumentException e) {
            // A connection without addresses, for example over a Unix socket.
            return new Endpoint("127.0.0.1", 0);
        }
    }
}
