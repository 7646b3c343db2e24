package dev.jetway.benchmarks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
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
    private static final int PERCENT = 100;

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
            try (var client = new Client(port)) {
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
        long[] sorted = latencies.stream().mapToLong(n -> n / 1000).sorted().toArray();
        System.out.printf(
                "%-12s requests %d errors %d p50 %d µs p99 %d µs max %d µs%n",
                name,
                sorted.length,
                errors.get(),
                at(sorted, 50),
                at(sorted, 99),
                sorted[sorted.length - 1]);
    }

    private static long at(long[] sorted, int percent) {
        return sorted[(int) ((long) sorted.length * percent / PERCENT)];
    }

    private void visit(
            int first, long end, ConcurrentLinkedQueue<Long> latencies, AtomicInteger errors) {
        int site = first;
        while (System.nanoTime() < end) {
            try (var client = new Client(port)) {
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

    /** One connection that is kept. */
    private static final class Client implements AutoCloseable {
        private final Socket socket;
        private final InputStream in;

        Client(int port) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream());
        }

        /** The head of an answer with a length. */
        String get(String host, String path) throws IOException {
            socket.getOutputStream()
                    .write(
                            ("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
            var head = new StringBuilder();
            while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
                int next = in.read();
                if (next < 0) {
                    throw new IOException("closed");
                }
                head.append((char) next);
            }
            String text = head.toString();
            int length = text.indexOf("Content-Length: ");
            if (length >= 0) {
                String number = text.substring(length + 16, text.indexOf('\r', length));
                in.skipNBytes(Integer.parseInt(number));
            }
            return text;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
