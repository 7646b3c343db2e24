package dev.jetway.server.log;

import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends lines to files on one thread of its own, so that callers never wait. Lines over {@link
 * #MAX_WAITING} are dropped and counted. A file that is too large or too old is renamed to {@code
 * NAME.1}, and so on; one that another program renames or cuts ({@code logrotate}) is opened anew.
 * Safe to share between threads.
 */
public final class LogFiles implements AutoCloseable {
    /** Maximum lines in the queue. */
    static final int MAX_WAITING = 20_000;

    /** Time between two writes; a new line wakes nothing. */
    static final Duration INTERVAL = Duration.ofMillis(100);

    private static final Logger LOG = LoggerFactory.getLogger(LogFiles.class);

    private final LogWriter writer;
    private final BlockingQueue<Line> lines = new ArrayBlockingQueue<>(MAX_WAITING);
    private final LongAdder dropped = new LongAdder();
    private final Thread thread =
            Thread.ofPlatform().name("jetway-logs").daemon().unstarted(this::run);
    private volatile boolean closed;

    /** A line whose text is created when it is written. */
    private record Line(LogWriter.Target target, Supplier<String> text) {}

    /**
     * Log files that are not written before {@link #start}.
     *
     * @param mode permissions of new files; those that the umask leaves if empty
     */
    public LogFiles(
            Rotation rotation, Optional<Set<PosixFilePermission>> mode, InstantSource clock) {
        this.writer = new LogWriter(rotation, mode, clock);
    }

    LogFiles(Rotation rotation, InstantSource clock) {
        this(rotation, Optional.empty(), clock);
    }

    /** Starts to write. */
    public void start() {
        thread.start();
    }

    /**
     * Queues a line. Never blocks.
     *
     * @param name of the file
     * @param text without the line's end; called on the writing thread
     * @return false if it was dropped
     */
    boolean append(LogPlace place, String name, Supplier<String> text) {
        boolean queued = lines.offer(new Line(new LogWriter.Target(place, name), text));
        if (!queued) {
            drop();
        }
        return queued;
    }

    /** Counts a line that is not written. */
    void drop() {
        dropped.increment();
    }

    /** Lines that were dropped because too many waited. */
    public long dropped() {
        return dropped.sum();
    }

    /** Lines in the queue. */
    int waiting() {
        return lines.size();
    }

    private void run() {
        while (!closed) {
            LockSupport.parkNanos(this, INTERVAL.toNanos());
            writeAll();
        }
        writeAll();
    }

    /** Writes the queued lines. A fault of our own must not end all logs. */
    private void writeAll() {
        try {
            write();
        } catch (RuntimeException e) {
            LOG.error("log lines are lost", e);
        }
    }

    private void write() {
        var taken = new ArrayList<Line>(lines.size());
        lines.drainTo(taken);
        Map<LogWriter.Target, StringBuilder> texts = new LinkedHashMap<>();
        for (Line line : taken) {
            texts.computeIfAbsent(line.target(), _ -> new StringBuilder())
                    .append(line.text().get())
                    .append('\n');
        }
        texts.forEach(writer::write);
        writer.deleteOld();
    }

    /** Writes the queued lines and stops. */
    @Override
    public void close() {
        closed = true;
        // An interrupt would close the file in use.
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
