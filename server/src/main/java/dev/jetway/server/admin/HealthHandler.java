package dev.jetway.server.admin;

import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers {@code /healthz} with 200 before all routes, as Wagi does; passes on other requests. */
public final class HealthHandler extends Handler.Wrapper {
    public static final String PATH = "/healthz";

    private final BooleanSupplier taken;

    /** A handler that always answers. */
    public HealthHandler(Handler next) {
        this(next, () -> false);
    }

    /**
     * A handler that answers unless a route does.
     *
     * @param taken whether there is such a route now
     */
    public HealthHandler(Handler next, BooleanSupplier taken) {
        super(next);
        this.taken = taken;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (!PATH.equals(request.getHttpURI().getPath()) || taken.getAsBoolean()) {
            return super.handle(request, response, callback);
        }
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain");
        Content.Sink.write(response, true, "OK\n", callback);
        return true;
    }
}
