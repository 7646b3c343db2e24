package dev.jetway.server.log;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;

/**
 * Standard output and error for guests: an interrupt ends a write to a blocked pipe, and closes the
 * pipe.
 */
public final class InterruptibleOutput {
    private InterruptibleOutput() {}

    /** An unbuffered stream, used by one thread. */
    public static OutputStream to(FileDescriptor descriptor) {
        return Channels.newOutputStream(new FileOutputStream(descriptor).getChannel());
    }
}
