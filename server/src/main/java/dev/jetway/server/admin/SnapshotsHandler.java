package dev.jetway.server.admin;

import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers {@code /snapshots} on the admin listener with a line for each route that has them. */
public final class SnapshotsHandler extends Handler.Wrapper {
    /** The path of the list. */
    public static final String PATH = "/snapshots";

    private final Supplier<String> states;

    /**
     * A handler that passes on all other requests.
     *
     * @param states the list at this moment
     */
    public SnapshotsHandler(Supplier<String> states, Handler next) {
        super(next);
        this.states = states;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (!PATH.equals(request.getHttpURI().getPath())) {
            return super.handle(request, response, callback);
        }
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain;charset=utf-8");
        Content.Sink.write(response, true, states.get(), callback);
        return true;
    }
}
