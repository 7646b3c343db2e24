package dev.jetway.gateway;

import dev.jetway.failure.Failure;

/** Receives the result of sending a file, once. */
public interface FileEnd {
    /**
     * The last bytes are about to be sent.
     *
     * @param status of the response
     * @param bytes of the complete body
     */
    void sent(int status, long bytes);

    /**
     * The file was not sent completely. If no byte has been sent yet, an error page is sent
     * instead.
     *
     * @param bytes of the body that have been sent
     */
    void failed(Failure failure, long bytes);
}
