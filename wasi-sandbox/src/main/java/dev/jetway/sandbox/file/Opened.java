package dev.jetway.sandbox.file;

/** The result of {@link Directory#open}; closing it twice is harmless. */
public sealed interface Opened extends AutoCloseable permits Directory, OpenFile {
    /** The present status. */
    FileStatus status();

    /** Sets the time of the last access and that of the last modification. */
    void setTimes(TimeChange accessed, TimeChange modified);

    /**
     * Waits until the data is on the device.
     *
     * @param metadata whether metadata is written too, beyond what is needed to read the contents
     */
    void sync(boolean metadata);

    @Override
    void close();
}
