package dev.jetway.sandbox.file;

/**
 * A regular file with a position, opened for one run. Every failure is an {@link ErrnoException}.
 * Used by the run's thread only.
 */
public non-sealed interface OpenFile extends Opened {
    /** The origin of a seek. */
    enum Whence {
        /** The start of the file. */
        START,
        /** The position. */
        CURRENT,
        /** The end of the file. */
        END
    }

    /**
     * Reads at the position and moves it.
     *
     * @return bytes read; 0 at the end
     */
    int read(byte[] to, int length);

    /** Reads elsewhere, without moving the position. */
    int readAt(long offset, byte[] to, int length);

    /** Writes at the position, or at the end if so opened, and moves it. */
    int write(byte[] from, int length);

    /** Writes elsewhere, without moving the position; never at the end instead. */
    int writeAt(long offset, byte[] from, int length);

    /** Moves the position; a position before the start is {@link Errno#INVAL}. */
    long seek(long offset, Whence whence);

    /** Whether every write goes to the end. */
    void setAppend(boolean on);

    /** Whether it was opened in a read-only volume. */
    default boolean readOnly() {
        return false;
    }

    /** Truncates, or extends with zeros. */
    void setSize(long size);

    /** Allocates space, extending the file if need be. */
    void allocate(long offset, long length);
}
