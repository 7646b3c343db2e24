package dev.jetway.server;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.frames.DataFrame;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.component.LifeCycle;

/** Plain HTTP/2: sends paths and authorities unchanged. */
final class Http2Client implements AutoCloseable {
    private final HTTP2Client client = new HTTP2Client();
    private final Session session;

    /** A connection without TLS. */
    Http2Client(URI server) throws Exception {
        client.start();
        session =
                client.connect(
                                new InetSocketAddress(server.getHost(), server.getPort()),
                                new Session.Listener() {})
                        .get(20, TimeUnit.SECONDS);
    }

    /** The local port. */
    int port() {
        return ((InetSocketAddress) session.getLocalSocketAddress()).getPort();
    }

    /**
     * The body of the answer.
     *
     * @param body empty if there is none
     */
    String send(String method, String authority, String target, HttpFields fields, byte[] body)
            throws Exception {
        return begin(method, authority, target, fields, body).get(20, TimeUnit.SECONDS);
    }

    /** Sends a request; the body of the answer comes later. */
    CompletableFuture<String> begin(
            String method, String authority, String target, HttpFields fields, byte[] body)
            throws Exception {
        var answer = new Answer();
        var request =
                new MetaData.Request(
                        method,
                        HttpURI.build().scheme("http").authority(authority).pathQuery(target),
                        HttpVersion.HTTP_2,
                        fields);
        var opened = new Promise.Completable<Stream>();
        session.newStream(new HeadersFrame(request, null, body.length == 0), opened, answer);
        if (body.length > 0) {
            Stream stream = opened.get(20, TimeUnit.SECONDS);
            stream.data(new DataFrame(stream.getId(), ByteBuffer.wrap(body), true), Callback.NOOP);
        }
        return answer.text;
    }

    /** Begins a request whose body never comes. */
    void open(String authority, String target) throws Exception {
        var opened = new Promise.Completable<Stream>();
        var request =
                new MetaData.Request(
                        "POST",
                        HttpURI.build().scheme("http").authority(authority).pathQuery(target),
                        HttpVersion.HTTP_2,
                        HttpFields.EMPTY);
        session.newStream(new HeadersFrame(request, null, false), opened, new Answer());
        opened.get(20, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        LifeCycle.stop(client);
    }

    private static final class Answer implements Stream.Listener {
        private final CompletableFuture<String> text = new CompletableFuture<>();
        private final StringBuilder read = new StringBuilder();

        @Override
        public void onHeaders(Stream stream, HeadersFrame frame) {
            if (frame.isEndStream()) {
                text.complete("");
            } else {
                stream.demand();
            }
        }

        @Override
        public void onDataAvailable(Stream stream) {
            Stream.Data data = stream.readData();
            if (data == null) {
                stream.demand();
                return;
            }
            read.append(StandardCharsets.ISO_8859_1.decode(data.frame().getByteBuffer()));
            boolean last = data.frame().isEndStream();
            data.release();
            if (last) {
                byte[] bytes = read.toString().getBytes(StandardCharsets.ISO_8859_1);
                text.complete(new String(bytes, StandardCharsets.UTF_8));
            } else {
                stream.demand();
            }
        }
    }
}
