package dev.jetway.jetty;

import java.nio.ByteBuffer;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/**
 * A response over HTTP/2 whose end waits until its request's body has been read or dropped. A
 * client that takes an answer as good sends the rest of its body first: curl reads nothing more
 * after the end, the frames that let it send among that, and would wait for itself. Used like the
 * response that it stands for.
 */
final class HeldEnd extends Response.Wrapper {
    private final UnreadBody body;

    HeldEnd(Request request, Response response, UnreadBody body) {
        super(request, response);
        this.body = body;
    }

    @Override
    public void write(boolean last, ByteBuffer content, Callback callback) {
        // After a refusal clients stop sending, and wait for the end.
        if (last && getStatus() < 300 && body.isComing()) {
            super.write(false, content, Callback.from(() -> end(callback), callback::failed));
        } else {
            super.write(last, content, callback);
        }
    }

    private void end(Callback callback) {
        body.drop(() -> super.write(true, BufferUtil.EMPTY_BUFFER, callback));
    }
}
