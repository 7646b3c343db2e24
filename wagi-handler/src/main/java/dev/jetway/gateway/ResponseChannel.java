package dev.jetway.gateway;

import dev.jetway.admission.Parking;
import dev.jetway.failure.ErrorPage;
import dev.jetway.failure.ErrorResponse;
import dev.jetway.http.Field;
import dev.jetway.http.ResponseHead;

/**
 * The response to one request. {@link #start}, {@link #write} and one end ({@link #finish}, {@link
 * #fail} or {@link #abort}) are called by one thread.
 */
public interface ResponseChannel {
    /** Sets the head; it may be sent later. */
    void start(ResponseHead head);

    /** Sets a field that every response to the request has, errors too. */
    void always(Field field);

    /** Sets the way in which {@link #write} waits for a slow client. */
    void waitThrough(Parking wait);

    /**
     * Takes bytes of the body; waits while the client's buffer is full.
     *
     * @throws dev.jetway.sandbox.RunCancelledException if the client has gone
     */
    void write(byte[] bytes, int offset, int length);

    /**
     * Holds the response back if possible: from now on nothing is sent without a call.
     *
     * @return whether nothing has been sent, so that {@link #fail} may replace the response;
     *     otherwise only {@link #abort} is possible
     */
    boolean seal();

    /** Completes the response; buffered bytes are sent without the caller. */
    void finish();

    /**
     * Discards the response so that another can start. Only after {@link #seal} has returned true.
     */
    void restart();

    /** Sends an error instead of the response. Only after {@link #seal} has returned true. */
    void fail(ErrorResponse error, ErrorPage page);

    /** Cuts the connection: the response must not look complete. */
    void abort();
}
