package dev.jetway.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/** Hostile guests, chosen by chance, and a well-behaved site beside them, for as long as asked. */
final class MixedLoad {
    private MixedLoad() {}

    /** Arguments: port, the table of guests, hostile requests at once, seconds, a seed. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int port = Integer.parseInt(arguments[0]);
        List<HostileGuest> guests = HostileGuest.readAll(Path.of(arguments[1]));
        int atOnce = Integer.parseInt(arguments[2]);
        long end = System.nanoTime() + Duration.ofSeconds(Long.parseLong(arguments[3])).toNanos();
        long seed = Long.parseLong(arguments[4]);
        var answers = new TreeMap<Integer, Integer>();
        Latencies latencies;
        int errors;
        try (var load = new NeighbourLoad(port)) {
            guests.forEach(guest -> count(answers, guest.visit(port)));
            var threads = new ArrayList<Thread>();
            for (int i = 0; i < atOnce; i++) {
                var seeded = new SplittableRandom(seed + i);
                threads.add(
                        Thread.ofVirtual().start(() -> visit(port, guests, seeded, end, answers)));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            latencies = load.take();
            errors = load.errors();
        }
        System.out.printf("hostile requests by status (0: no head came): %s%n", answers);
        System.out.printf(
                "neighbour: %d requests, %d errors, p50 %d µs, p99 %d µs, longest %d µs%n",
                latencies.count(),
                errors,
                latencies.percentile(50),
                latencies.percentile(99),
                latencies.percentile(100));
    }

    private static void visit(
            int port,
            List<HostileGuest> guests,
            RandomGenerator random,
            long end,
            Map<Integer, Integer> answers) {
        while (System.nanoTime() < end) {
            count(answers, guests.get(random.nextInt(guests.size())).visit(port));
            LockSupport.parkNanos(Duration.ofMillis(random.nextInt(50)).toNanos());
        }
    }

    private static void count(Map<Integer, Integer> answers, HostileGuest.Answer answer) {
        synchronized (answers) {
            answers.merge(answer.status(), 1, Integer::sum);
        }
    }
}
