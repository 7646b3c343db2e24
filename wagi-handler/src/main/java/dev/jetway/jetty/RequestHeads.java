package dev.jetway.jetty;

import dev.jetway.base.ByteText;
import dev.jetway.http.Endpoint;
import dev.jetway.http.Field;
import dev.jetway.http.RequestHead;
import dev.jetway.http.RequestTarget;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Attributes;

/** Converts Jetty's requests to the pipeline's. */
final class RequestHeads {
    private static final String ENDS = Ends.class.getName();

    /** Jetty's method for an unreadable request line. */
    private static final String UNREADABLE_METHOD = "BAD";

    private static final String UNREADABLE_PATH = "/badMessage";

    private RequestHeads() {}

    /**
     * The head of a request; empty if the target has no path below the root ({@code *}, {@code
     * /..}, that of CONNECT).
     */
    static Optional<RequestHead> of(Request request, String id) {
        String raw = request.getHttpURI().getPath();
        boolean unreadable =
                raw != null
                        && request.getMethod().equals(UNREADABLE_METHOD)
                        && raw.equals(UNREADABLE_PATH);
        if (raw == null
                || unreadable
                || !raw.startsWith("/")
                || HttpMethod.CONNECT.is(request.getMethod())) {
            return Optional.empty();
        }
        ConnectionMetaData connection = request.getConnectionMetaData();
        Ends ends = ends(request);
        return target(request)
                .map(target ->
                        new RequestHead(
                                id,
                                request.getMethod(),
                                target,
                                connection.getHttpVersion().asString(),
                                request.isSecure(),
                                authority(request.getHttpURI()),
                                fields(request),
                                ends.remote(),
                                ends.local(),
                                Optional.empty()));
    }

    /**
     * The target of a request; empty if it is invalid. Bytes above 0x7f are not allowed (RFC 3986
     * §2) but are sent: Jetty reads UTF-8 as characters over HTTP/1 and byte by byte over HTTP/2.
     * UTF-8 is accepted.
     */
    private static Optional<RequestTarget> target(Request request) {
        HttpURI uri = request.getHttpURI();
        boolean http1 = JettyExchange.isHttp1(request);
        String path = http1 ? uri.getPath() : ByteText.ofLatin1(uri.getPath());
        Optional<String> query =
                Optional.ofNullable(uri.getQuery()).map(q -> http1 ? q : ByteText.ofLatin1(q));
        return RequestTarget.received(path, query);
    }

    private static Optional<String> authority(HttpURI uri) {
        return Optional.ofNullable(uri.getHost())
                .filter(h -> !h.isEmpty())
                .map(h -> uri.getPort() > 0 ? h + ":" + uri.getPort() : h);
    }

    private static List<Field> fields(Request request) {
        var fields = new ArrayList<Field>(request.getHeaders().size() + 1);
        // HTTP/2 has the host in the target only; guests see a Host field in all versions.
        if (!request.getHeaders().contains(HttpHeader.HOST)
                && request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2) {
            authority(request.getHttpURI()).ifPresent(a -> fields.add(new Field("Host", a)));
        }
        for (HttpField field : request.getHeaders()) {
            String value = field.getValue();
            fields.add(new Field(field.getName(), value == null ? "" : ByteText.ofLatin1(value)));
        }
        return fields;
    }

    /** The ends of the connection, converted to text once for each connection. */
    private static Ends ends(Request request) {
        SocketAddress remote = request.getConnectionMetaData().getRemoteSocketAddress();
        SocketAddress local = request.getConnectionMetaData().getLocalSocketAddress();
        Attributes ofConnection = request.getComponents().getCache();
        if (ofConnection.getAttribute(ENDS) instanceof Ends known && known.areOf(remote, local)) {
            return known;
        }
        var ends = new Ends(remote, local, endpoint(remote), endpoint(local));
        ofConnection.setAttribute(ENDS, ends);
        return ends;
    }

    /** Both ends of a connection, in Jetty's form and the pipeline's. */
    private record Ends(
            SocketAddress remoteAddress,
            SocketAddress localAddress,
            Endpoint remote,
            Endpoint local) {
        boolean areOf(SocketAddress otherRemote, SocketAddress otherLocal) {
            return Objects.equals(otherRemote, remoteAddress)
                    && Objects.equals(otherLocal, localAddress);
        }
    }

    private static Endpoint endpoint(SocketAddress address) {
        if (address instanceof InetSocketAddress inet && inet.getAddress() != null) {
            return Endpoint.of(inet.getAddress(), inet.getPort());
        }
        return new Endpoint("127.0.0.1", 0);
    }
}
