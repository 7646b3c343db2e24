package dev.jetway.jetty;

import java.util.Optional;
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
     * @param range the field Range that holds, if one does
     */
    FileRequest(Request wrapped, Optional<String> range) {
        super(wrapped);
        this.fields =
                range.map(value -> HttpFields.from(new HttpField(HttpHeader.RANGE, value)))
                        .orElse(HttpFields.EMPTY);
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
