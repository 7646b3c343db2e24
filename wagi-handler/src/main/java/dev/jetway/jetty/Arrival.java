package dev.jetway.jetty;

/**
 * A time at which the next request of an HTTP/1 connection had begun to arrive: that of the
 * selection that found its first bytes. Unknown for the second request of a pipeline, which may
 * have come later. Used by one thread at a time, as the connection's requests are.
 */
final class Arrival {
    private static final long NONE = -1;

    private long request = NONE;
    private long time;
    private boolean unknown;

    /**
     * Bytes or the end of a write were selected.
     *
     * @param readable whether there are bytes
     * @param begun requests of the connection whose heads have been read
     * @param answered requests whose responses have begun
     * @param nanos a time after the selection
     */
    void selected(boolean readable, long begun, long answered, long nanos) {
        // Before the response, the bytes may be of the request's body.
        request = readable && begun == answered ? begun + 1 : NONE;
        time = nanos;
    }

    /**
     * Ends the knowledge: from now on bytes may be of a body that was not read before its response.
     */
    void forget() {
        unknown = true;
    }

    /** The time for the request that was begun last; {@code now} if none is known. */
    long of(long begun, long now) {
        return unknown || begun != request ? now : time;
    }
}
