package dev.jetway.server.admin;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers {@code POST /reload} on the admin listener: reads the configuration again. */
public final class ReloadHandler extends Handler.Wrapper {
    /** The path of reloads. */
    public static final String PATH = "/reload";

    /** A field that a page in a browser cannot send to another host without permission. */
    public static final String MARK = "X-Jetway-Reload";

    private final Reload reload;

    /** Reads the configuration again. */
    @FunctionalInterface
    public interface Reload {
        /** Serves the current files, or reports why not. */
        Result reload() throws InterruptedException;
    }

    /**
     * The result of a reload.
     *
     * @param done whether the current files are served
     * @param text changes or faults, a line each
     */
    public record Result(boolean done, String text) {}

    /** A handler that passes on all other requests. */
    public ReloadHandler(Reload reload, Handler next) {
        super(next);
        this.reload = reload;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (!PATH.equals(request.getHttpURI().getPath())) {
            return super.handle(request, response, callback);
        }
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain;charset=utf-8");
        if (!HttpMethod.POST.is(request.getMethod()) || !request.getHeaders().contains(MARK)) {
            response.setStatus(HttpStatus.METHOD_NOT_ALLOWED_405);
            response.getHeaders().put(HttpHeader.ALLOW, HttpMethod.POST.asString());
            Content.Sink.write(response, true, "POST with the field " + MARK + "\n", callback);
            return true;
        }
        Result result = reload.reload();
        response.setStatus(result.done() ? HttpStatus.OK_200 : HttpStatus.CONFLICT_409);
        Content.Sink.write(response, true, result.text() + "\n", callback);
        return true;
    }
}
