package dev.jetway.jetty;

import dev.jetway.http.Endpoint;
import dev.jetway.http.Field;
import dev.jetway.http.PathText;
import dev.jetway.http.RequestHead;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
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

/** Jetty's request as the pipeline's. */
final class RequestHeads {
    private static final String ENDS = Ends.class.getName();

    private RequestHeads() {}

    /** Empty if the target names no path below the root ({@code *}, {@code /..}), as of CONNECT. */
    static Optional<RequestHead> of(Request request, String id) {
        String raw = request.getHttpURI().getPath();
        if (raw == null || !raw.startsWith("/") || HttpMethod.CONNECT.is(request.getMethod())) {
            return Optional.empty();
        }
        ConnectionMetaData connection = request.getConnectionMetaData();
        Ends ends = ends(request);
        return PathText.withoutDotSegments(raw)
                .map(path ->
                        new RequestHead(
                                id,
                                request.getMethod(),
                                path,
                                Optional.ofNullable(request.getHttpURI().getQuery()),
                                connection.getHttpVersion().asString(),
                                request.isSecure(),
                                authority(request.getHttpURI()),
                                fields(request),
                                ends.remote(),
                                ends.local(),
                                Optional.empty()));
    }

    private static Optional<String> authority(HttpURI uri) {
        return Optional.ofNullable(uri.getHost())
                .filter(h -> !h.isEmpty())
                .map(h -> uri.getPort() > 0 ? h + ":" + uri.getPort() : h);
    }

    private static List<Field> fields(Request request) {
        var fields = new ArrayList<Field>(request.getHeaders().size() + 1);
        // HTTP/2 has the host in the target only; a guest has the same view of all versions.
        if (!request.getHeaders().contains(HttpHeader.HOST)
                && request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2) {
            authority(request.getHttpURI()).ifPresent(a -> fields.add(new Field("Host", a)));
        }
        for (HttpField field : request.getHeaders()) {
            String value = field.getValue();
            fields.add(new Field(field.getName(), value == null ? "" : utf8(value)));
        }
        return fields;
    }

    /**
     * Jetty reads a byte as a character; programs expect the bytes that were sent. Bytes that are
     * UTF-8 become its characters, so that the guest sees the same bytes again; others stay.
     */
    private static String utf8(String value) {
        int largest = 0;
        for (int i = 0; i < value.length(); i++) {
            largest |= value.charAt(i);
        }
        if (largest <= 0x7f || largest > 0xff) {
            return value;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            return value;
        }
    }

    /** Their texts are made once for a connection, unless a proxy tells of other clients. */
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

    /** Both ends of a connection, as Jetty and as the pipeline have them. */
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
        if (address instanceof InetSocketAddress inet) {
            // One that a proxy told of is not resolved: its text is all there is.
            String text =
                    inet.getAddress() == null
                            ? inet.getHostString().replaceAll("[\\[\\]]", "")
                            : inet.getAddress().getHostAddress();
            int zone = text.indexOf('%');
            return new Endpoint(zone < 0 ? text : text.substring(0, zone), inet.getPort());
        }
        return new Endpoint("127.0.0.1", 0);
    }
}
