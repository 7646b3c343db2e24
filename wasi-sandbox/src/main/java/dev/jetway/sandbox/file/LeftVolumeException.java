package dev.jetway.sandbox.file;

/**
 * A path leads above its volume, not by a link. A guest without a folder there gets {@link
 * Errno#PERM}.
 */
public final class LeftVolumeException extends ErrnoException {
    private static final long serialVersionUID = 1L;

    private final transient GuestPath path;
    private final transient GuestPath rest;

    /**
     * The end of a walk.
     *
     * @param path that was walked
     * @param rest of it, from the {@code ..} that leads out
     */
    public LeftVolumeException(GuestPath path, GuestPath rest) {
        super(Errno.PERM);
        this.path = path;
        this.rest = rest;
    }

    /** Whether it was this path of a call with two. */
    @SuppressWarnings("ReferenceEquality") // Two paths of a call may have the same names.
    public boolean isOf(GuestPath walked) {
        return walked == path;
    }

    /** The path that is left, from the {@code ..} that leads out. */
    public GuestPath rest() {
        return rest;
    }
}
