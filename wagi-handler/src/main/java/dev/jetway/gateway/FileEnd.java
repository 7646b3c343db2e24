package dev.jetway.gateway;

import dev.jetway.failure.Failure;

/** Is told once what has become of a file that is sent. */
public interface FileEnd {
    /**
     * The last bytes are about to leave.
     *
     * @param status of the response
     * @param bytes of its body, all together
     */
    void sent(int status, long bytes);

    /**
     * The file is not sent, or not to its end. If nothing has left yet an error takes its place.
     *
     * @param bytes of its body that have left
     */
    void failed(Failure failure, long bytes);
}
