package dev.jetway.gateway;

import dev.jetway.admission.Parking;
import dev.jetway.failure.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;

/** The body of a request, complete or still arriving. Closed once, after the last read. */
public interface RequestBody extends AutoCloseable {
    /** No body. */
    RequestBody EMPTY =
            new RequestBody() {
                @Override
                public OptionalLong length() {
                    return OptionalLong.of(0);
                }

                @Override
                public long received() {
                    return 0;
                }

                @Override
                public InputStream open(Parking wait) {
                    return InputStream.nullInputStream();
                }

                @Override
                public void close() {}
            };

    /**
     * Bytes after transfer decoding; empty if the body is still arriving without a declared length.
     */
    OptionalLong length();

    /** Bytes received so far. */
    long received();

    /**
     * The bytes from the first on; called once.
     *
     * @param wait the way to wait for bytes that have not arrived
     */
    InputStream open(Parking wait) throws IOException;

    /** The failure that ended an arriving body early; the stream has then ended the guest. */
    default Optional<Failure> failure() {
        return Optional.empty();
    }

    /** Releases the body's resources, for example a temporary file. */
    @Override
    void close();
}
