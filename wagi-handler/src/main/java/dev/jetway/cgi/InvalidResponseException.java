package dev.jetway.cgi;

/** The guest wrote something that is no CGI response; the message says what. */
public final class InvalidResponseException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidResponseException(String message) {
        super(message, null, false, false);
    }
}
