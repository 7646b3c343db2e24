package dev.jetway.sandbox.memory;

/** A limit of the host refuses the memory for a guest's start. */
public final class MemoryRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String limit;

    MemoryRefusedException(String limit) {
        super("no memory within " + limit, null, false, false);
        this.limit = limit;
    }

    /** The name of the limit. */
    public String limit() {
        return limit;
    }
}
