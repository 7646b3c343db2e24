package dev.jetway.server.log;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;

/**
 * Standard output and error as a guest writes them: an interrupt ends a write to a pipe that nobody
 * reads, and closes it with that.
 */
public final class InterruptibleOutput {
    private InterruptibleOutput() {}

    /** Unbuffered; used by one thread. */
    public static OutputStream to(FileDescriptor descriptor) {
        return Channels.newOutputStream(new FileOutputStream(descriptor).getChannel());
    }
}
