package dev.jetway.sandbox.file;

/** Fails a host function with an error number; never leaves the host functions. */
public sealed class ErrnoException extends RuntimeException permits LeftVolumeException {
    private static final long serialVersionUID = 1L;

    private final Errno errno;

    ErrnoException(Errno errno) {
        super(errno.name(), null, false, false);
        this.errno = errno;
    }

    /** The error number for the guest. */
    public Errno errno() {
        return errno;
    }
}
