package dev.jetway.server.admin;

import dev.jetway.server.metrics.Metrics;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers {@code /metrics} on the admin listener, or another path in somebody's own server. */
public final class MetricsHandler extends Handler.Abstract {
    private final Metrics metrics;

    public MetricsHandler(Metrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        if ("/metrics".equals(request.getHttpURI().getPath())) {
            answer(metrics, response, callback);
        } else {
            response.setStatus(HttpStatus.NOT_FOUND_404);
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain");
            Content.Sink.write(
                    response,
                    true,
                    "404 Not Found: try /metrics, /snapshots or /healthz\n",
                    callback);
        }
        return true;
    }

    /** Answers with all metrics. */
    public static void answer(Metrics metrics, Response response, Callback callback) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Metrics.CONTENT_TYPE);
        Content.Sink.write(response, true, metrics.text(), callback);
    }
}
