package dev.jetway.server.admin;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** {@code POST /reload} on the admin listener: reads the configuration again. */
public final class ReloadHandler extends Handler.Wrapper {
    /** Where a reload is asked for. */
    public static final String PATH = "/reload";

    /** A field that a page in a browser cannot send to another host without being allowed to. */
    public static final String MARK = "X-Jetway-Reload";

    private final Reload reload;

    /** Reads the configuration again. */
    @FunctionalInterface
    public interface Reload {
        /** Serves the files as they are now, or says why not. */
        Result reload() throws InterruptedException;
    }

    /**
     * What a reload came to.
     *
     * @param done whether the files are served as they are now
     * @param text what has changed or what is wrong, a line each
     */
    public record Result(boolean done, String text) {}

    /** Passes on all other requests. */
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
