package dev.jetway.jetty;

import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Request;

/**
 * A request as Jetty's resource service is to see it: which file it means, and whether its
 * conditions hold, has been decided.
 */
final class FileRequest extends Request.Wrapper {
    /** Any path that is no folder's. */
    private static final HttpURI FILE = HttpURI.from("/file");

    private final HttpFields fields;

    /**
     * A request for a file.
     *
     * @param ranges whether it is for parts of it
     */
    FileRequest(Request wrapped, boolean ranges) {
        super(wrapped);
        HttpField range = ranges ? wrapped.getHeaders().getField(HttpHeader.RANGE) : null;
        this.fields = range == null ? HttpFields.EMPTY : HttpFields.from(range);
    }

    @Override
    public HttpFields getHeaders() {
        return fields;
    }

    @Override
    public HttpURI getHttpURI() {
        return FILE;
    }
}
