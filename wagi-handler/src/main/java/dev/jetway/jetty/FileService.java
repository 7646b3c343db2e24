package dev.jetway.jetty;

import dev.jetway.failure.Failure;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.ResourceService;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Jetty's resource service, whose errors are the pipeline's. Safe to share between threads. */
final class FileService extends ResourceService {
    FileService() {
        setEtags(true);
        setDirAllowed(false);
    }

    @Override
    protected void writeHttpError(
            Request request, Response response, Callback callback, int status) {
        if (!(response instanceof FileResponse file)) {
            throw new IllegalStateException("a response of another kind");
        }
        switch (status) {
            case HttpStatus.NOT_MODIFIED_304 -> file.notModified(callback);
            case HttpStatus.PRECONDITION_FAILED_412 -> callback.failed(new FileRefused(
                            new Failure.PreconditionFailed()));
            default -> callback.failed(new FileRefused(new Failure.BadRequest(
                            "the conditions of the request cannot be read")));
        }
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
            String message,
            Throwable cause) {
        writeHttpError(request, response, callback, status);
    }
}
