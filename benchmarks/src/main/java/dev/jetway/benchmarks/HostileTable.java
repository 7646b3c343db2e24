package dev.jetway.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What each guest of the hostile corpus costs its neighbour: a table in Markdown and in JSON. */
final class HostileTable {
    private static final Duration SETTLE = Duration.ofMillis(300);

    private final int port;
    private final URI metrics;

    private HostileTable(int port, int admin) {
        this.port = port;
        this.metrics = URI.create("http://127.0.0.1:" + admin + "/metrics");
    }

    /**
     * A line of the result; times in microseconds.
     *
     * @param outcomes how its requests ended, by the server's own count
     */
    private record Line(
            HostileGuest guest, String outcomes, Latencies ends, Latencies neighbour, int errors) {}

    /**
     * Arguments: port, admin port, the table of guests, seconds for each, the folder to write to.
     */
    public static void main(String[] arguments) throws IOException {
        var table =
                new HostileTable(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
        List<HostileGuest> guests = HostileGuest.readAll(Path.of(arguments[2]));
        Duration each = Duration.ofSeconds(Integer.parseInt(arguments[3]));
        table.run(guests, each, Path.of(arguments[4]));
    }

    private void run(List<HostileGuest> guests, Duration each, Path folder) throws IOException {
        // Once each, so that all modules are compiled.
        guests.forEach(guest -> guest.visit(port));
        var lines = new ArrayList<Line>();
        Latencies alone;
        Latencies after;
        try (var load = new NeighbourLoad(port)) {
            LockSupport.parkNanos(each.toNanos());
            alone = alone(load, each);
            for (HostileGuest guest : guests) {
                lines.add(line(load, guest, each));
            }
            after = alone(load, each);
        }
        try (var out =
                new PrintStream(folder.resolve("hostile.md").toFile(), StandardCharsets.UTF_8)) {
            markdown(out, lines, alone, after);
        }
        try (var out =
                new PrintStream(folder.resolve("hostile.json").toFile(), StandardCharsets.UTF_8)) {
            json(out, lines, alone, after);
        }
    }

    private static Latencies alone(NeighbourLoad load, Duration each) {
        load.take();
        LockSupport.parkNanos(each.multipliedBy(3).toNanos());
        return load.take();
    }

    private Line line(NeighbourLoad load, HostileGuest guest, Duration each) throws IOException {
        LockSupport.parkNanos(SETTLE.toNanos());
        List<String> before = outcomes(guest);
        load.take();
        int errors = load.errors();
        long end = System.nanoTime() + each.toNanos();
        var times = new ArrayList<Long>();
        do {
            times.add(guest.visit(port).time().toNanos());
            // A visitor that comes back, not a flood: that is what the rates of a site are for.
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        } while (System.nanoTime() < end);
        Latencies neighbour = load.take();
        var outcomes = new ArrayList<>(outcomes(guest));
        if (outcomes.size() > before.size()) {
            outcomes.removeAll(before);
        }
        String ended = String.join(", ", outcomes);
        return new Line(guest, ended, Latencies.of(times), neighbour, load.errors() - errors);
    }

    /** As "504 time-limit", of all its requests. */
    private List<String> outcomes(HostileGuest guest) throws IOException {
        String text;
        try (InputStream in = metrics.toURL().openStream()) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        Matcher line =
                Pattern.compile(
                                "jetway_requests_total\\{site=\"hostile\",route=\"/"
                                        + Pattern.quote(guest.name())
                                        + "\",outcome=\"([^\"]*)\",status=\"([^\"]*)\"")
                        .matcher(text);
        return line.results()
                .map(r -> (r.group(2).equals("0") ? "cut" : r.group(2)) + " " + r.group(1))
                .toList();
    }

    private static void markdown(
            PrintStream out, List<Line> lines, Latencies alone, Latencies after) {
        out.printf(
                "Neighbour alone: p50 %s, p99 %s before; p50 %s, p99 %s after.%n%n",
                millis(alone, 50), millis(alone, 99), millis(after, 50), millis(after, 99));
        out.println(
                "| guest | tries to | ended as | ends after, median / longest | neighbour's p50 | p99 |"
                        + " times its p99 alone | its errors |");
        out.println("|---|---|---|---|---|---|---|---|");
        for (Line line : lines) {
            out.printf(
                    "| %s | %s | %s | %s / %s | %s | %s | %.1f | %d |%n",
                    line.guest.name(),
                    line.guest.what(),
                    line.outcomes,
                    millis(line.ends, 50),
                    millis(line.ends, 100),
                    millis(line.neighbour, 50),
                    millis(line.neighbour, 99),
                    factor(line, alone, after),
                    line.errors);
        }
    }

    /** Against the mean of before and after. */
    private static double factor(Line line, Latencies alone, Latencies after) {
        double base = (alone.percentile(99) + after.percentile(99)) / 2.0;
        return line.neighbour.percentile(99) / base;
    }

    private static String millis(Latencies latencies, int percent) {
        return String.format("%.1f ms", latencies.percentile(percent) / 1000.0);
    }

    private static void json(PrintStream out, List<Line> lines, Latencies alone, Latencies after) {
        out.printf(
                "{\"alone\": %s, \"after\": %s, \"guests\": [%n", numbers(alone), numbers(after));
        out.println(
                lines.stream()
                        .map(line ->
                                String.format(
                                        "  {\"guest\": \"%s\", \"ended\": \"%s\","
                                                + " \"ends\": %s, \"neighbour\": %s,"
                                                + " \"errors\": %d}",
                                        line.guest.name(),
                                        line.outcomes,
                                        numbers(line.ends),
                                        numbers(line.neighbour),
                                        line.errors))
                        .collect(Collectors.joining(",\n")));
        out.println("]}");
    }

    private static String numbers(Latencies latencies) {
        return String.format(
                "{\"count\": %d, \"p50_us\": %d, \"p99_us\": %d, \"max_us\": %d}",
                latencies.count(),
                latencies.percentile(50),
                latencies.percentile(99),
                latencies.percentile(100));
    }
}
