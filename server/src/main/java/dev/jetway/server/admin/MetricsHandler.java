package dev.jetway.server.admin;

import dev.jetway.server.metrics.Metrics;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers {@code /metrics} on the admin listener. */
public final class MetricsHandler extends Handler.Abstract {
    private final Metrics metrics;

    public MetricsHandler(Metrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        boolean found = "/metrics".equals(request.getHttpURI().getPath());
        response.setStatus(found ? HttpStatus.OK_200 : HttpStatus.NOT_FOUND_404);
        response.getHeaders()
                .put(HttpHeader.CONTENT_TYPE, found ? Metrics.CONTENT_TYPE : "text/plain");
        String text = found ? metrics.text() : "404 Not Found: try /metrics or /healthz\n";
        Content.Sink.write(response, true, text, callback);
        return true;
    }
}
