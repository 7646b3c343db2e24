package dev.jetway.jetty;

import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Request;

/** The request for Jetty's resource service: its file and its conditions have been evaluated. */
final class FileRequest extends Request.Wrapper {
    /** The path of any file. */
    private static final HttpURI FILE = HttpURI.from("/file");

    private final HttpFields fields;

    /**
     * A request for a file.
     *
     * @param ranges whether to keep the field Range
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
