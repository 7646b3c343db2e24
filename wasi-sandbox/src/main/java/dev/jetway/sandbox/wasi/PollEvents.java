package dev.jetway.sandbox.wasi;

import dev.jetway.sandbox.file.Errno;
import dev.jetway.sandbox.host.GuestMemory;
import java.util.ArrayList;
import java.util.List;

/** The events found by {@code poll_oneoff}, in the layout of {@code event}. */
final class PollEvents {
    /** Size of an event in bytes. */
    static final int SIZE = 32;

    /** {@code eventtype}: a clock has reached its time. */
    static final int CLOCK = 0;

    /** {@code eventtype}: a descriptor can be read. */
    static final int READ = 1;

    /** {@code eventtype}: a descriptor can be written. */
    static final int WRITE = 2;

    // event: userdata, the error, the type, the bytes that are there, flags.
    private static final int ERROR = 8;
    private static final int TYPE = 10;
    private static final int BYTES = 16;
    private static final int FLAGS = 24;

    /** {@code eventrwflags}: the other side has closed. */
    private static final int HANGUP = 1;

    private record Event(long userdata, int type, Errno error, long bytes, int flags) {}

    private final List<Event> events = new ArrayList<>();

    boolean isEmpty() {
        return events.isEmpty();
    }

    void clock(long userdata) {
        events.add(new Event(userdata, CLOCK, Errno.SUCCESS, 0, 0));
    }

    void failure(long userdata, int type, Errno error) {
        events.add(new Event(userdata, type, error, 0, 0));
    }

    /** Adds a file or an output, which is always ready. */
    void ready(long userdata, int type, long bytes) {
        events.add(new Event(userdata, type, Errno.SUCCESS, bytes, 0));
    }

    /** Adds an input; without bytes it is at its end. */
    void input(long userdata, long bytes) {
        events.add(new Event(userdata, READ, Errno.SUCCESS, bytes, bytes == 0 ? HANGUP : 0));
    }

    /** Writes all events and returns their number. */
    int write(GuestMemory memory, int to) {
        int at = to;
        for (Event event : events) {
            memory.zero(at, SIZE);
            memory.writeLong(at, event.userdata());
            memory.writeShort(at + ERROR, event.error().number());
            memory.writeByte(at + TYPE, event.type());
            memory.writeLong(at + BYTES, event.bytes());
            memory.writeShort(at + FLAGS, event.flags());
            at += SIZE;
        }
        return events.size();
    }
}
