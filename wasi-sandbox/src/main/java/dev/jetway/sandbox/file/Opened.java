package dev.jetway.sandbox.file;

/** What {@link Directory#open} gives; closing it twice is harmless. */
public sealed interface Opened extends AutoCloseable permits Directory, OpenFile {
    /** What it is now. */
    FileStatus status();

    /** Sets the time of the last access and that of the last modification. */
    void setTimes(TimeChange accessed, TimeChange modified);

    /**
     * Waits until the device has it.
     *
     * @param metadata whether that is more than the contents and what is needed to find them
     */
    void sync(boolean metadata);

    @Override
    void close();
}
