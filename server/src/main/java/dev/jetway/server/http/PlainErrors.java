package dev.jetway.server.http;

import dev.jetway.failure.ErrorPage;
import dev.jetway.failure.ErrorPages;
import dev.jetway.failure.ErrorPages.Replacement.Page;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Errors that Jetty finds by itself, in the words of ours: nothing about the host. */
public final class PlainErrors implements Request.Handler {
    private static final String SENTENCE = "The server did not take this request.";

    private final ErrorPages pages;

    /** With the pages of the site; one that lies at an address cannot be asked for here. */
    public PlainErrors(ErrorPages pages) {
        this.pages = pages;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String accept = Objects.requireNonNullElse(request.getHeaders().get(HttpHeader.ACCEPT), "");
        ErrorPage page =
                pages.of(response.getStatus()).orElse(null) instanceof Page replaced
                        ? replaced.page()
                        : ErrorPage.of(response.getStatus(), SENTENCE, accept);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, page.mediaType());
        response.write(true, ByteBuffer.wrap(page.bytes()), callback);
        return true;
    }
}
