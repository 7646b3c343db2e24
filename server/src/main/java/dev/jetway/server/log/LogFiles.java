package dev.jetway.server.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends lines to files on one thread of its own, so that callers never wait. Lines over {@link
 * #MAX_WAITING} are dropped and counted. A file that is too large is renamed to {@code NAME.1}, and
 * so on; one that another program renames ({@code logrotate}) is opened anew. Safe to share between
 * threads.
 */
public final class LogFiles implements AutoCloseable {
    /** Maximum lines in the queue. */
    static final int MAX_WAITING = 20_000;

    /** Time between two writes; a new line wakes nothing. */
    static final Duration INTERVAL = Duration.ofMillis(100);

    private static final Logger LOG = LoggerFactory.getLogger(LogFiles.class);

    private final Rotation rotation;
    private final BlockingQueue<Line> lines = new ArrayBlockingQueue<>(MAX_WAITING);
    private final LongAdder dropped = new LongAdder();
    private final Thread thread =
            Thread.ofPlatform().name("jetway-logs").daemon().unstarted(this::run);
    private volatile boolean closed;
    private boolean failing;

    /**
     * The rule for renaming files. Immutable.
     *
     * @param bytes of a file before it is renamed
     * @param keep renamed files that are kept
     */
    public record Rotation(long bytes, int keep) {}

    /** A line whose text is created when it is written. */
    private record Line(Path file, Supplier<String> text) {}

    /** Log files that are not written before {@link #start}. */
    public LogFiles(Rotation rotation) {
        this.rotation = rotation;
    }

    /** Starts to write. */
    public void start() {
        thread.start();
    }

    /**
     * Queues a line. Never blocks.
     *
     * @param text without the line's end; called on the writing thread
     */
    void append(Path file, Supplier<String> text) {
        if (!lines.offer(new Line(file, text))) {
            dropped.increment();
        }
    }

    /** Lines that were dropped because the queue was full. */
    public long dropped() {
        return dropped.sum();
    }

    private void run() {
        while (!closed) {
            LockSupport.parkNanos(this, INTERVAL.toNanos());
            write();
        }
        write();
    }

    private void write() {
        var taken = new ArrayList<Line>(lines.size());
        lines.drainTo(taken);
        Map<Path, StringBuilder> texts = new LinkedHashMap<>();
        for (Line line : taken) {
            texts.computeIfAbsent(line.file(), _ -> new StringBuilder())
                    .append(line.text().get())
                    .append('\n');
        }
        texts.forEach(this::write);
    }

    /**
     * Appends to a file, which is opened each time: no handle is kept, however many sites there
     * are.
     */
    private void write(Path file, StringBuilder text) {
        try (FileChannel channel = open(file)) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text.toString());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            failing = false;
            if (channel.size() > rotation.bytes()) {
                rotate(file);
            }
        } catch (IOException e) {
            if (!failing) {
                failing = true;
                LOG.warn(
                        "log lines are lost: {}: check that the server may write there",
                        e.toString());
            }
        }
    }

    private static FileChannel open(Path file) throws IOException {
        // A link in a tenant's folder must not lead the server to files of others.
        OpenOption[] options = {
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.APPEND,
            LinkOption.NOFOLLOW_LINKS
        };
        try {
            return FileChannel.open(file, options);
        } catch (NoSuchFileException e) {
            Path folder = file.getParent();
            if (folder == null) {
                throw e;
            }
            Files.createDirectories(folder);
            return FileChannel.open(file, options);
        }
    }

    private void rotate(Path file) throws IOException {
        for (int i = rotation.keep(); i >= 1; i--) {
            Path from = i == 1 ? file : numbered(file, i - 1);
            if (Files.exists(from)) {
                Files.move(from, numbered(file, i), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        if (rotation.keep() == 0) {
            Files.deleteIfExists(file);
        }
    }

    private static Path numbered(Path file, int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
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
