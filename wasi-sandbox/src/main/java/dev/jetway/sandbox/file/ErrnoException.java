package dev.jetway.sandbox.file;

/** A host function fails with an error number; never leaves the host functions. */
public final class ErrnoException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Errno errno;

    ErrnoException(Errno errno) {
        super(errno.name(), null, false, false);
        this.errno = errno;
    }

    /** What the guest is told. */
    public Errno errno() {
        return errno;
    }
}
