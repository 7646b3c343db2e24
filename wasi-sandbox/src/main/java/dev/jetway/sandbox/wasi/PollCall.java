package dev.jetway.sandbox.wasi;

import dev.jetway.sandbox.file.Errno;
import dev.jetway.sandbox.file.ErrnoException;
import dev.jetway.sandbox.file.Interruption;
import dev.jetway.sandbox.file.OpenFile.Whence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code poll_oneoff}: waits for clocks. Descriptors never make it wait: a file is always ready,
 * and so is a standard stream, whose end cannot be told from silence without reading.
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

    private static final int CLOCK = 0;
    private static final int READ = 1;
    private static final int WRITE = 2;

    private final WasiRun run;
    private final GuestMemory memory;
    private final List<Event> events = new ArrayList<>();
    private final List<Timer> timers = new ArrayList<>();

    private PollCall(WasiRun run, GuestMemory memory) {
        this.run = run;
        this.memory = memory;
    }

    private record Event(long userdata, int type, Errno error, long bytes) {}

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
            events.add(new Event(userdata, CLOCK, e.errno(), 0));
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
            events.add(new Event(userdata, type, Errno.SUCCESS, ready(descriptor, type)));
        } catch (ErrnoException e) {
            events.add(new Event(userdata, type, e.errno(), 0));
        }
    }

    /** Bytes that a read would find; at least one, for guests that take 0 for the end. */
    private static long ready(Descriptor descriptor, int type) {
        if (type == READ && descriptor instanceof Descriptor.File file) {
            long position = file.file().seek(0, Whence.CURRENT);
            return Math.max(file.status().size() - position, 0);
        }
        return 1;
    }

    private void await() {
        while (events.isEmpty() && !due()) {
            long left = Long.MAX_VALUE;
            for (Timer timer : timers) {
                left = Math.min(left, timer.left(now(timer)));
            }
            sleep(Math.min(left, MAX_SLEEP.toNanos()));
        }
        due();
    }

    private long now(Timer timer) {
        return ClockCalls.now(run.clocks(), timer.clock());
    }

    /** Turns timers that have come to their time into events. */
    private boolean due() {
        return timers.removeIf(timer -> {
            boolean over = timer.left(now(timer)) == 0;
            if (over) {
                events.add(new Event(timer.userdata(), CLOCK, Errno.SUCCESS, 0));
            }
            return over;
        });
    }

    private void sleep(long nanos) {
        try {
            run.clocks().sleep(Duration.ofNanos(nanos));
        } catch (InterruptedException e) {
            throw Interruption.now();
        }
    }

    private int answer(int to) {
        int at = to;
        for (Event event : events) {
            memory.zero(at, EVENT);
            memory.writeLong(at, event.userdata());
            memory.writeShort(at + EVENT_ERROR, event.error().number());
            memory.writeByte(at + EVENT_TYPE, event.type());
            memory.writeLong(at + EVENT_BYTES, event.bytes());
            at += EVENT;
        }
        return events.size();
    }
}
