package dev.jetway.gateway;

import dev.jetway.admission.Parking;
import dev.jetway.failure.ErrorPage;
import dev.jetway.failure.ErrorResponse;
import dev.jetway.http.Field;
import dev.jetway.http.ResponseHead;

/**
 * The way back to the client of one request. {@link #start}, {@link #write} and the end ({@link
 * #finish}, {@link #fail} or {@link #abort}, once) are called by one thread.
 */
public interface ResponseChannel {
    /** Sets the head; nothing need leave yet. */
    void start(ResponseHead head);

    /** Sets a field that the response has whatever becomes of it. */
    void always(Field field);

    /** How {@link #write} is to wait for a slow client. */
    void waitThrough(Parking wait);

    /**
     * Takes bytes of the body; waits while the client's buffer is full.
     *
     * @throws dev.jetway.sandbox.RunCancelledException if the client has gone
     */
    void write(byte[] bytes, int offset, int length);

    /**
     * Takes the response back if it still can: nothing more will leave by itself.
     *
     * @return whether nothing has left yet, so that {@link #fail} may take its place; else only
     *     {@link #abort} remains
     */
    boolean seal();

    /** The response is complete; what is buffered is sent without the caller. */
    void finish();

    /**
     * Forgets what was started, for another response to begin. Only after {@link #seal} said true.
     */
    void restart();

    /** Sends an error instead of the response. Only after {@link #seal} said true. */
    void fail(ErrorResponse error, ErrorPage page);

    /** Cuts the connection: what was sent must not look complete. */
    void abort();
}
