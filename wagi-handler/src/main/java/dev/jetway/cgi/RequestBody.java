package dev.jetway.cgi;

import java.io.IOException;
import java.io.InputStream;

/** A request's body, complete. Closed once, when nobody reads it any more. */
public interface RequestBody extends AutoCloseable {
    /** No body. */
    RequestBody EMPTY =
            new RequestBody() {
                @Override
                public long length() {
                    return 0;
                }

                @Override
                public InputStream open() {
                    return InputStream.nullInputStream();
                }

                @Override
                public void close() {}
            };

    /** Bytes after transfer decoding. */
    long length();

    /** The bytes from the first on. */
    InputStream open() throws IOException;

    /** Gives back what the body holds, a temporary file for one. */
    @Override
    void close();
}
