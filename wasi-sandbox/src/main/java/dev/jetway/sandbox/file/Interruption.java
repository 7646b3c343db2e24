package dev.jetway.sandbox.file;

/** Ends a run that is over its time or cancelled, from inside of a host function. */
public final class Interruption extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Interruption() {
        super("interrupted", null, false, false);
    }

    /** The exception to throw after an interrupt; leaves the thread interrupted. */
    public static Interruption now() {
        Thread.currentThread().interrupt();
        return new Interruption();
    }

    /** Throws if the thread was interrupted. Called between the steps of long operations. */
    public static void check() {
        if (Thread.currentThread().isInterrupted()) {
            throw now();
        }
    }
}
