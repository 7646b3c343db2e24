package dev.jetway.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A light load on a well-behaved site: a few connections, each with a request at a fixed pace. */
final class NeighbourLoad implements AutoCloseable {
    private static final int CONNECTIONS = 4;
    private static final Duration PACE = Duration.ofMillis(5);

    private final int port;
    private final ExecutorService visits = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger errors = new AtomicInteger();
    private volatile ConcurrentLinkedQueue<Long> latencies = new ConcurrentLinkedQueue<>();
    private volatile boolean over;

    /** Begins at once. */
    NeighbourLoad(int port) {
        this.port = port;
        for (int i = 0; i < CONNECTIONS; i++) {
            visits.execute(this::visit);
        }
    }

    /** What there was since the last call. */
    Latencies take() {
        ConcurrentLinkedQueue<Long> taken = latencies;
        latencies = new ConcurrentLinkedQueue<>();
        return Latencies.of(List.copyOf(taken));
    }

    /** Answers that were none or not right, since the beginning. */
    int errors() {
        return errors.get();
    }

    private void visit() {
        while (!over) {
            try (var connection = new KeptConnection(port)) {
                while (!over) {
                    long start = System.nanoTime();
                    if (!connection.get("good.test", "/hello").startsWith("HTTP/1.1 200 ")) {
                        errors.incrementAndGet();
                    }
                    latencies.add(System.nanoTime() - start);
                    LockSupport.parkNanos(PACE.toNanos());
                }
            } catch (IOException e) {
                errors.incrementAndGet();
                LockSupport.parkNanos(PACE.toNanos());
            }
        }
    }

    @Override
    public void close() {
        over = true;
        visits.close();
    }
}
