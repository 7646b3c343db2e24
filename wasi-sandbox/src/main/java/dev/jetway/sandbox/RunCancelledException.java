package dev.jetway.sandbox;

/** Thrown by a guest's stream to end the guest at once: its output is not wanted any more. */
public final class RunCancelledException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With a reason for the log only. */
    public RunCancelledException(String reason) {
        super(reason, null, false, false);
    }
}
