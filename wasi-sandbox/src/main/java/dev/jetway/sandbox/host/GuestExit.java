package dev.jetway.sandbox.host;

/** Ends a guest by its own wish, as {@code proc_exit} of WASI does. */
public final class GuestExit extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;

    /** Ends the guest with this code. */
    public GuestExit(int code) {
        super("exit", null, false, false);
        this.code = code;
    }

    /** The exit code that the guest gave. */
    public int code() {
        return code;
    }
}
