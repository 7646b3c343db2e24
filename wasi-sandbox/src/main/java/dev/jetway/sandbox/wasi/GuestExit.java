package dev.jetway.sandbox.wasi;

/** The guest called {@code proc_exit}. */
public final class GuestExit extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;

    GuestExit(int code) {
        super("exit", null, false, false);
        this.code = code;
    }

    /** What it gave. */
    public int code() {
        return code;
    }
}
