package dev.jetway.jetty;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Request;

/** A request as Jetty's resource service is to see it. */
final class FileRequest extends Request.Wrapper {
    /** Any path that is no folder's: whose file it is has been decided. */
    private static final HttpURI FILE = HttpURI.from("/file");

    private final HttpFields fields;

    private FileRequest(Request wrapped, HttpFields fields) {
        super(wrapped);
        this.fields = fields;
    }

    /** For the file itself: conditions hold, but ranges perhaps not. */
    static Request of(Request request, boolean ranges) {
        boolean plain = !request.getHttpURI().getPath().endsWith("/");
        if (ranges && plain) {
            return request;
        }
        HttpFields fields = request.getHeaders();
        return new FileRequest(
                request, ranges ? fields : HttpFields.build(fields).remove(HttpHeader.RANGE));
    }

    /** For a file that a guest or an error sent the request to: nothing was asked of it. */
    static Request unconditional(Request request) {
        return new FileRequest(request, HttpFields.EMPTY);
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
