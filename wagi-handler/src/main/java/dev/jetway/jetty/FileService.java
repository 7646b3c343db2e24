package dev.jetway.jetty;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.ResourceService;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Jetty's resource service with the error responses of the pipeline. Safe to share between threads.
 */
final class FileService extends ResourceService {
    FileService() {
        setEtags(true);
        setDirAllowed(false);
    }

    @Override
    protected void writeHttpError(
            Request request, Response response, Callback callback, int status) {
        callback.failed(new IllegalStateException("Jetty refused a file with " + status));
    }

    @Override
    protected void writeHttpError(
            Request request, Response response, Callback callback, Throwable cause) {
        callback.failed(cause);
    }

    @Override
    protected void writeHttpError(
            Request request,
            Response response,
            Callback callback,
            int status,
            @Nullable String message,
            @Nullable Throwable cause) {
        writeHttpError(request, response, callback, status);
    }
}
