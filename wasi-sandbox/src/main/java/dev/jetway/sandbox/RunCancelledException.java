package dev.jetway.sandbox;

/** Thrown by a guest's stream to end the guest at once: nobody wants its output any more. */
public final class RunCancelledException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** For the reason given; it reaches nobody but the log. */
    public RunCancelledException(String reason) {
        super(reason, null, false, false);
    }
}
