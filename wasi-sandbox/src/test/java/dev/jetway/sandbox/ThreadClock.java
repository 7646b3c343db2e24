package dev.jetway.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Time that a thread was ready to run and had no processor, as Linux counts it. */
final class ThreadClock {
    private final Path statistics;

    private ThreadClock(Path statistics) {
        this.statistics = statistics;
    }

    static ThreadClock ofThisThread() throws IOException {
        Path proc = Path.of("/proc");
        Path link = proc.resolve("thread-self");
        return new ThreadClock(
                Files.exists(link)
                        ? proc.resolve(Files.readSymbolicLink(link)).resolve("schedstat")
                        : link);
    }

    /** Nanoseconds since the thread began; 0 if the system does not tell. */
    long waited() {
        try {
            return Files.exists(statistics)
                    ? Long.parseLong(Files.readString(statistics).split(" ", -1)[1])
                    : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
