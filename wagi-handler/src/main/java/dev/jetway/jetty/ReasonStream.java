package dev.jetway.jetty;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.util.Callback;

/** Sends a response with the reason phrase of a program (RFC 3875 §6.3.3). */
final class ReasonStream extends HttpStream.Wrapper {
    private final String reason;

    /**
     * A stream over another.
     *
     * @param reason one character for each byte
     */
    ReasonStream(HttpStream stream, String reason) {
        super(stream);
        this.reason = reason;
    }

    @Override
    public void send(
            MetaData.Request request,
            MetaData.Response response,
            boolean last,
            ByteBuffer content,
            Callback callback) {
        super.send(request, response == null ? null : with(response), last, content, callback);
    }

    private MetaData.Response with(MetaData.Response response) {
        return new MetaData.Response(
                response.getStatus(),
                reason,
                response.getHttpVersion(),
                response.getHttpFields(),
                response.getContentLength(),
                response.getTrailersSupplier());
    }
}
