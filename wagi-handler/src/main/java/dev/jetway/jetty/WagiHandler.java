package dev.jetway.jetty;

import dev.jetway.gateway.Gateway;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Gives every request to the pipeline. Never blocks: guests run on threads of their own, and bodies
 * that may need a file are collected on a pooled thread.
 */
public final class WagiHandler extends Handler.Abstract.NonBlocking {
    private final Gateway gateway;
    private final Path temporary;
    private final RequestIds ids = new RequestIds(new SecureRandom());

    /**
     * A handler.
     *
     * @param temporary a folder that only the server may read, for large request bodies
     */
    public WagiHandler(Gateway gateway, Path temporary) {
        this.gateway = gateway;
        this.temporary = temporary;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        var head = RequestHeads.of(request, ids.next());
        if (head.isEmpty()) {
            // CONNECT and OPTIONS * among them; what follows a refused CONNECT is no request.
            response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
            Response.writeError(request, response, callback, HttpStatus.BAD_REQUEST_400);
            return true;
        }
        // A guest may be silent for as long as its own limit says; reads and writes still expire.
        request.addIdleTimeoutListener(expired -> false);
        gateway.serve(
                new JettyExchange(
                        request, head.get(), new JettyResponse(response, callback), temporary));
        return true;
    }
}
