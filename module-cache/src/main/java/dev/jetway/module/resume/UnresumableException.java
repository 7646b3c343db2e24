package dev.jetway.module.resume;

/** A function cannot be resumed at a call; the message says why. */
public final class UnresumableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnresumableException(String reason) {
        super(reason);
    }

    /** There is code for too many stacks of one module. */
    public static UnresumableException tooMany(int most) {
        return new UnresumableException("it stops at more than " + most + " different places");
    }
}
