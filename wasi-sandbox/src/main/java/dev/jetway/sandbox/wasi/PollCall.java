package dev.jetway.sandbox.wasi;

import dev.jetway.sandbox.file.Errno;
import dev.jetway.sandbox.file.ErrnoException;
import dev.jetway.sandbox.file.Interruption;
import dev.jetway.sandbox.file.OpenFile.Whence;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * {@code poll_oneoff}: waits for clocks and for standard input. Nothing else makes it wait: a file
 * is always ready, and so is an output, which may wait in the write.
 */
final class PollCall {
    /** Subscriptions in one call. */
    static final int MAX_SUBSCRIPTIONS = 1024;

    /** How long it sleeps before it looks at the clocks again: the time of day may be set. */
    static final Duration MAX_SLEEP = Duration.ofMinutes(1);

    static final List<WasiFunction> ALL =
            List.of(new WasiFunction("poll_oneoff", "iiii", PollCall::poll));

    // subscription: userdata, the type, then a clock or a descriptor.
    private static final int SUBSCRIPTION = 48;
    private static final int TYPE = 8;
    private static final int SUBJECT = 16;
    private static final int CLOCK_TIMEOUT = 8;
    private static final int CLOCK_FLAGS = 24;
    private static final int ABSOLUTE = 1;

    // event: userdata, the error, the type, the bytes that are there.
    private static final int EVENT = 32;
    private static final int EVENT_ERROR = 8;
    private static final int EVENT_TYPE = 10;
    private static final int EVENT_BYTES = 16;
    private static final int EVENT_FLAGS = 24;

    /** {@code eventrwflags}: the other side is gone, and nothing more comes. */
    private static final int HANGUP = 1;

    private static final int CLOCK = 0;
    private static final int READ = 1;
    private static final int WRITE = 2;

    private final WasiRun run;
    private final GuestMemory memory;
    private final List<Event> events = new ArrayList<>();
    private final List<Timer> timers = new ArrayList<>();
    private final List<Reader> readers = new ArrayList<>();

    private PollCall(WasiRun run, GuestMemory memory) {
        this.run = run;
        this.memory = memory;
    }

    private record Event(long userdata, int type, Errno error, long bytes, int flags) {
        static Event of(long userdata, int type, Errno error) {
            return new Event(userdata, type, error, 0, 0);
        }
    }

    /** Who waits for an input; a run has one. */
    private record Reader(long userdata, PolledInput input) {}

    /** A clock that has not come to its time yet; both in its own nanoseconds, unsigned. */
    private record Timer(long userdata, int clock, long start, long span) {
        long left(long now) {
            long passed = now - start;
            // A clock that was set back has let no time pass.
            return passed < 0 ? span : Math.max(span - passed, 0);
        }
    }

    private static void poll(WasiRun run, GuestMemory memory, long... a) {
        int count = (int) a[2];
        if (count == 0 || Integer.compareUnsigned(count, MAX_SUBSCRIPTIONS) > 0) {
            throw Errno.INVAL.failure();
        }
        memory.require((int) a[0], (long) count * SUBSCRIPTION);
        memory.require((int) a[1], (long) count * EVENT);
        var poll = new PollCall(run, memory);
        for (int i = 0; i < count; i++) {
            poll.subscribe((int) a[0] + i * SUBSCRIPTION);
        }
        poll.await();
        memory.writeInt((int) a[3], poll.answer((int) a[1]));
    }

    private void subscribe(int at) {
        long userdata = memory.readLong(at);
        int type = memory.readByte(at + TYPE);
        switch (type) {
            case CLOCK -> clock(userdata, at + SUBJECT);
            case READ, WRITE -> descriptor(userdata, type, memory.readInt(at + SUBJECT));
            default -> throw Errno.INVAL.failure();
        }
    }

    private void clock(long userdata, int at) {
        int id = memory.readInt(at);
        long timeout = memory.readLong(at + CLOCK_TIMEOUT);
        boolean absolute = (memory.readShort(at + CLOCK_FLAGS) & ABSOLUTE) != 0;
        try {
            long now = ClockCalls.now(run.clocks(), id);
            timers.add(new Timer(userdata, id, now, span(timeout, now, absolute)));
        } catch (ErrnoException e) {
            events.add(Event.of(userdata, CLOCK, e.errno()));
        }
    }

    /** What is too far away for a long is as far as a long goes. */
    private static long span(long timeout, long now, boolean absolute) {
        if (!absolute) {
            return timeout < 0 ? Long.MAX_VALUE : timeout;
        }
        if (Long.compareUnsigned(timeout, now) <= 0) {
            return 0;
        }
        long span = timeout - now;
        return span < 0 ? Long.MAX_VALUE : span;
    }

    private void descriptor(long userdata, int type, int number) {
        try {
            Descriptor descriptor = run.descriptors().get(number);
            descriptor.require(Rights.POLL_FD_READWRITE);
            if (type == WRITE) {
                writer(userdata, descriptor);
            } else {
                reader(userdata, descriptor);
            }
        } catch (ErrnoException e) {
            events.add(Event.of(userdata, type, e.errno()));
        }
    }

    private void writer(long userdata, Descriptor descriptor) {
        if (descriptor instanceof Descriptor.Input) {
            throw Errno.BADF.failure();
        }
        events.add(new Event(userdata, WRITE, Errno.SUCCESS, 1, 0));
    }

    private void reader(long userdata, Descriptor descriptor) {
        switch (descriptor) {
            case Descriptor.File file -> {
                long position = file.file().seek(0, Whence.CURRENT);
                long bytes = Math.max(file.status().size() - position, 0);
                events.add(new Event(userdata, READ, Errno.SUCCESS, bytes, 0));
            }
            case Descriptor.Input input -> {
                var reader = new Reader(userdata, input.stream());
                if (!isReady(reader)) {
                    readers.add(reader);
                }
            }
            case Descriptor.Output output -> throw Errno.BADF.failure();
            case Descriptor.Folder folder -> throw Errno.BADF.failure();
        }
    }

    /** Turns a reader that would not wait into an event. */
    private boolean isReady(Reader reader) {
        try {
            OptionalLong ready = reader.input().ready();
            if (ready.isEmpty()) {
                return false;
            }
            long bytes = ready.getAsLong();
            int flags = bytes == 0 ? HANGUP : 0;
            events.add(new Event(reader.userdata(), READ, Errno.SUCCESS, bytes, flags));
        } catch (IOException e) {
            throw TransferCalls.failure(e);
        }
        return true;
    }

    private void await() {
        while (events.isEmpty() && !due()) {
            pause();
            readers.removeIf(this::isReady);
        }
        due();
    }

    private void pause() {
        long left = MAX_SLEEP.toNanos();
        for (Timer timer : timers) {
            left = Math.min(left, timer.left(now(timer)));
        }
        try {
            if (readers.isEmpty()) {
                run.clocks().sleep(Duration.ofNanos(left));
            } else if (timers.isEmpty()) {
                readers.getFirst().input().awaitReady();
            } else {
                readers.getFirst().input().awaitReady(Duration.ofNanos(left));
            }
        } catch (InterruptedException e) {
            throw Interruption.now();
        } catch (IOException e) {
            throw TransferCalls.failure(e);
        }
    }

    private long now(Timer timer) {
        return ClockCalls.now(run.clocks(), timer.clock());
    }

    /** Turns timers that have come to their time into events. */
    private boolean due() {
        return timers.removeIf(timer -> {
            boolean over = timer.left(now(timer)) == 0;
            if (over) {
                events.add(Event.of(timer.userdata(), CLOCK, Errno.SUCCESS));
            }
            return over;
        });
    }

    private int answer(int to) {
        int at = to;
        for (Event event : events) {
            memory.zero(at, EVENT);
            memory.writeLong(at, event.userdata());
            memory.writeShort(at + EVENT_ERROR, event.error().number());
            memory.writeByte(at + EVENT_TYPE, event.type());
            memory.writeLong(at + EVENT_BYTES, event.bytes());
            memory.writeShort(at + EVENT_FLAGS, event.flags());
            at += EVENT;
        }
        return events.size();
    }
}
