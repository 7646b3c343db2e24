package dev.jetway.benchmarks;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;

/**
 * The ceiling of the load comparison: a Jetty handler that does what the guests do, without guests:
 * {@code /reader} takes a body and says its length, {@code /megabyte} writes 1 MiB, all else the
 * bytes of {@code hello}.
 */
final class BareServer {
    private static final byte[] BODY = "Hello world\n".getBytes(StandardCharsets.UTF_8);

    private static final byte[] BLOCK = new byte[1 << 20];

    private BareServer() {}

    /** The only argument is the port. */
    public static void main(String[] arguments) throws Exception {
        var server = new Server();
        var http = new HttpConfiguration();
        http.setSendServerVersion(false);
        var connector =
                new ServerConnector(
                        server,
                        new HttpConnectionFactory(http),
                        new HTTP2CServerConnectionFactory(http));
        connector.setHost("127.0.0.1");
        connector.setPort(Integer.parseInt(arguments[0]));
        server.addConnector(connector);
        server.setHandler(new Answers());
        server.start();
        server.join();
    }

    private static final class Answers extends Handler.Abstract.NonBlocking {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain");
            switch (request.getHttpURI().getPath()) {
                case "/reader" ->
                        Content.Source.asByteBuffer(
                                request,
                                Promise.from(
                                        body -> answer(response, length(body), callback),
                                        callback::failed));
                case "/megabyte" -> answer(response, BLOCK, callback);
                default -> answer(response, BODY, callback);
            }
            return true;
        }

        private static byte[] length(ByteBuffer body) {
            return (body.remaining() + "\n").getBytes(StandardCharsets.UTF_8);
        }

        private static void answer(Response response, byte[] body, Callback callback) {
            response.write(true, ByteBuffer.wrap(body), callback);
        }
    }
}
