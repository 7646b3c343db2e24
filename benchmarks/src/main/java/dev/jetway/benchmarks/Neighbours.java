package dev.jetway.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * What sites that loop without end cost the sites beside them. Three phases: the well-behaved sites
 * alone, with the others, and alone again. Each prints its requests, errors and latencies.
 */
final class Neighbours {
    private static final int CLIENTS = 8;
    private static final Duration PACE = Duration.ofMillis(5);
    private static final Duration SETTLE = Duration.ofSeconds(3);

    private final int port;
    private final int goodSites;
    private volatile boolean over;

    private Neighbours(int port, int goodSites) {
        this.port = port;
        this.goodSites = goodSites;
    }

    /**
     * Arguments: port, well-behaved sites, sites that loop, loops at once, seconds of each phase.
     */
    public static void main(String[] arguments) throws InterruptedException {
        int[] numbers = Arrays.stream(arguments).mapToInt(Integer::parseInt).toArray();
        var run = new Neighbours(numbers[0], numbers[1]);
        Duration time = Duration.ofSeconds(numbers[4]);
        run.phase("warm-up", SETTLE);
        run.phase("alone", time);
        List<Thread> loops = run.loop(numbers[2], numbers[3]);
        LockSupport.parkNanos(SETTLE.toNanos());
        System.out.println("looping");
        run.phase("with loops", time);
        run.over = true;
        System.out.println("answers to loops: " + run.answers);
        for (Thread loop : loops) {
            loop.interrupt();
            loop.join();
        }
        LockSupport.parkNanos(SETTLE.toNanos());
        run.phase("after", time);
    }

    private final AtomicInteger answers = new AtomicInteger();

    private List<Thread> loop(int sites, int loops) {
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < loops; i++) {
            String host = "bad" + i % sites + ".test";
            threads.add(Thread.ofVirtual().start(() -> loop(host)));
        }
        return threads;
    }

    private void loop(String host) {
        while (!over) {
            try (var client = new KeptConnection(port)) {
                while (!over) {
                    client.get(host, "/loop");
                    answers.incrementAndGet();
                }
            } catch (IOException e) {
                // The server cut it; or the phase is over.
                LockSupport.parkNanos(PACE.toNanos());
            }
        }
    }

    private void phase(String name, Duration time) throws InterruptedException {
        var latencies = new ConcurrentLinkedQueue<Long>();
        var errors = new AtomicInteger();
        long end = System.nanoTime() + time.toNanos();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < CLIENTS; i++) {
            int first = i;
            threads.add(Thread.ofVirtual().start(() -> visit(first, end, latencies, errors)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        var sorted = Latencies.of(latencies);
        System.out.printf(
                "%-12s requests %d errors %d p50 %d µs p99 %d µs max %d µs%n",
                name,
                sorted.count(),
                errors.get(),
                sorted.percentile(50),
                sorted.percentile(99),
                sorted.percentile(100));
    }

    private void visit(
            int first, long end, ConcurrentLinkedQueue<Long> latencies, AtomicInteger errors) {
        int site = first;
        while (System.nanoTime() < end) {
            try (var client = new KeptConnection(port)) {
                while (System.nanoTime() < end) {
                    long start = System.nanoTime();
                    if (!client.get("good" + site % goodSites + ".test", "/hello")
                            .startsWith("HTTP/1.1 200 ")) {
                        errors.incrementAndGet();
                    }
                    latencies.add(System.nanoTime() - start);
                    site += CLIENTS;
                    LockSupport.parkNanos(PACE.toNanos());
                }
            } catch (IOException e) {
                errors.incrementAndGet();
            }
        }
    }
}
