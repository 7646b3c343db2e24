package dev.jetway.gateway;

import dev.jetway.admission.Parking;
import dev.jetway.failure.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;

/** A request's body, complete or on its way. Closed once, when nobody reads it any more. */
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

    /** Bytes after transfer decoding; empty if they are still on their way and nobody said. */
    OptionalLong length();

    /** Bytes that have come so far. */
    long received();

    /**
     * The bytes from the first on; called once.
     *
     * @param wait how to wait for those that have not come yet
     */
    InputStream open(Parking wait) throws IOException;

    /** Why a body on its way ended early; the stream has then ended the guest. */
    default Optional<Failure> failure() {
        return Optional.empty();
    }

    /** Releases what the body holds, for example a temporary file. */
    @Override
    void close();
}
