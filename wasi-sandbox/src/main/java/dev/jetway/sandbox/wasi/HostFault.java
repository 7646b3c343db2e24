package dev.jetway.sandbox.wasi;

/** What a host function threw that is not the guest's doing, though a guest was running. */
public final class HostFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final RuntimeException original;

    HostFault(RuntimeException original) {
        super("a host function failed", original, false, false);
        this.original = original;
    }

    /** What the function threw. */
    public RuntimeException original() {
        return original;
    }
}
