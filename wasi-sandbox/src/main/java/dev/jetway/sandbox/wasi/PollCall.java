package dev.jetway.sandbox.wasi;

import dev.jetway.sandbox.file.Errno;
import dev.jetway.sandbox.file.ErrnoException;
import dev.jetway.sandbox.file.Interruption;
import dev.jetway.sandbox.file.OpenFile.Whence;
import dev.jetway.sandbox.host.GuestMemory;
import dev.jetway.sandbox.host.PolledInput;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * {@code poll_oneoff}: waits for clocks and for standard input. Files and outputs are always ready;
 * an output may block in the write.
 */
final class PollCall {
    /** Maximum number of subscriptions in one call. */
    static final int MAX_SUBSCRIPTIONS = 1024;

    /** Maximum time between two looks at the clocks: the time of day may be set. */
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

    private final WasiRun run;
    private final GuestMemory memory;
    private final PollEvents events = new PollEvents();
    private final List<Timer> timers = new ArrayList<>();
    private final List<Reader> readers = new ArrayList<>();

    private PollCall(WasiRun run, GuestMemory memory) {
        this.run = run;
        this.memory = memory;
    }

    /** A subscription to an input; a run has one input. */
    private record Reader(long userdata, PolledInput input) {}

    /**
     * A subscription to a clock that has not reached its time; times are unsigned nanoseconds of
     * the clock.
     */
    private record Timer(long userdata, int clock, long start, long span) {
        long left(long now) {
            long passed = now - start;
            // For a clock that was set back no time has passed.
            return passed < 0 ? span : Math.max(span - passed, 0);
        }
    }

    private static void poll(WasiRun run, GuestMemory memory, long... a) {
        int count = (int) a[2];
        if (count == 0 || Integer.compareUnsigned(count, MAX_SUBSCRIPTIONS) > 0) {
            throw Errno.INVAL.failure();
        }
        memory.require((int) a[0], (long) count * SUBSCRIPTION);
        memory.require((int) a[1], (long) count * PollEvents.SIZE);
        var poll = new PollCall(run, memory);
        for (int i = 0; i < count; i++) {
            poll.subscribe((int) a[0] + i * SUBSCRIPTION);
        }
        poll.await();
        memory.writeInt((int) a[3], poll.events.write(memory, (int) a[1]));
    }

    private void subscribe(int at) {
        long userdata = memory.readLong(at);
        int type = memory.readByte(at + TYPE);
        switch (type) {
            case PollEvents.CLOCK -> clock(userdata, at + SUBJECT);
            case PollEvents.READ, PollEvents.WRITE ->
                    descriptor(userdata, type, memory.readInt(at + SUBJECT));
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
            events.failure(userdata, PollEvents.CLOCK, e.errno());
        }
    }

    /** The span to a time; one that does not fit a long is the largest long. */
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
            if (type == PollEvents.WRITE) {
                writer(userdata, descriptor);
            } else {
                reader(userdata, descriptor);
            }
        } catch (ErrnoException e) {
            events.failure(userdata, type, e.errno());
        }
    }

    private void writer(long userdata, Descriptor descriptor) {
        if (descriptor instanceof Descriptor.Input) {
            throw Errno.BADF.failure();
        }
        events.ready(userdata, PollEvents.WRITE, 1);
    }

    private void reader(long userdata, Descriptor descriptor) {
        switch (descriptor) {
            case Descriptor.File file -> {
                long position = file.file().seek(0, Whence.CURRENT);
                long bytes = Math.max(file.status().size() - position, 0);
                events.ready(userdata, PollEvents.READ, bytes);
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

    /** Turns a reader that would not block into an event. */
    private boolean isReady(Reader reader) {
        try {
            OptionalLong ready = reader.input().ready();
            if (ready.isEmpty()) {
                return false;
            }
            events.input(reader.userdata(), ready.getAsLong());
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

    /** Turns timers that have reached their time into events. */
    private boolean due() {
        return timers.removeIf(timer -> {
            boolean over = timer.left(now(timer)) == 0;
            if (over) {
                events.clock(timer.userdata());
            }
            return over;
        });
    }
}
