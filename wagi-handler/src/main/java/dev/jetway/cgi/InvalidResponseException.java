package dev.jetway.cgi;

/** The output of a guest is not a CGI response; the message gives the reason. */
public final class InvalidResponseException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidResponseException(String message) {
        super(message, null, false, false);
    }
}
