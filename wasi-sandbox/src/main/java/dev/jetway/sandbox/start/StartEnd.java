package dev.jetway.sandbox.start;

/** Ends the run of a guest whose start was recorded, at the point or before it. */
public final class StartEnd extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StartEnd(String reason) {
        super(reason, null, false, false);
    }
}
