package dev.jetway.sandbox.host;

/**
 * Traps a guest that gave a host function a pointer or length outside of its memory (WASI,
 * legacy/tools/witx-docs.md, Pointers).
 */
public final class GuestFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Ends the guest. */
    public GuestFault() {
        super("a pointer or length outside of the guest's memory", null, false, false);
    }
}
