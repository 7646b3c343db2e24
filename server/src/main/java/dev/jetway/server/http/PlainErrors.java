package dev.jetway.server.http;

import dev.jetway.failure.ErrorPage;
import dev.jetway.failure.ErrorPages;
import dev.jetway.failure.ErrorPages.Replacement.Page;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Sends Jetty's own errors in our form: nothing about the host. */
public final class PlainErrors implements Request.Handler {
    private static final String SENTENCE = "The server did not take this request.";

    private final Supplier<ErrorPages> pages;
    private final Request.Handler readable;

    /**
     * Errors of a server.
     *
     * @param pages replacements for requests that cannot be read; only files are used
     * @param readable answers requests that can be read
     */
    public PlainErrors(Supplier<ErrorPages> pages, Request.Handler readable) {
        this.pages = pages;
        this.readable = readable;
    }

    /** Errors of a server without replaced pages. */
    static PlainErrors withoutPages() {
        return new PlainErrors(() -> ErrorPages.NONE, (request, response, callback) -> false);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (readable.handle(request, response, callback)) {
            return true;
        }
        String accept = Objects.requireNonNullElse(request.getHeaders().get(HttpHeader.ACCEPT), "");
        ErrorPage page =
                pages.get().of(response.getStatus()).orElse(null) instanceof Page replaced
                        ? replaced.page()
                        : ErrorPage.of(response.getStatus(), SENTENCE, accept);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, page.mediaType());
        response.write(true, ByteBuffer.wrap(page.bytes()), callback);
        return true;
    }
}
