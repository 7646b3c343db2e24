package dev.jetway.sandbox.file;

/** The end of a run that is over its time or cancelled, noticed inside of a host function. */
public final class Interruption extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Interruption() {
        super("interrupted", null, false, false);
    }

    /** To be thrown by who was interrupted; leaves the thread interrupted. */
    public static Interruption now() {
        Thread.currentThread().interrupt();
        return new Interruption();
    }

    /** Throws if the thread was interrupted: called between the steps of whatever may be long. */
    public static void check() {
        if (Thread.currentThread().isInterrupted()) {
            throw now();
        }
    }
}
