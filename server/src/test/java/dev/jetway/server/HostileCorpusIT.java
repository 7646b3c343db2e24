package dev.jetway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs every guest of {@code examples/hostile} over a socket while a neighbour is served: each
 * fails as its table says, in time, and leaves nothing behind.
 */
@Timeout(300)
final class HostileCorpusIT {
    private static final Path CORPUS = Path.of("..", "examples", "hostile").toAbsolutePath();
    private static final String NEIGHBOUR = "Content-Type: text/plain\n\nneighbour\n";

    /** Resources that may remain for a while without a leak: idle threads, open connections. */
    private static final int SLACK = 40;

    @TempDir private static Path folder;
    private static TestServer server;
    private static List<Attempt> attempts;

    /** A line of the table. */
    private record Attempt(String name, List<String> expected, long most, String volume) {
        static Attempt parse(String line) {
            String[] parts = line.split(" \\| ", -1);
            assertThat(parts).as(line).hasSize(5);
            return new Attempt(
                    parts[0], List.of(parts[1].split("/", -1)), Long.parseLong(parts[2]), parts[3]);
        }

        /** The program: in C, or in text form. */
        private Path file() {
            Path program = CORPUS.resolve(name + ".wasm");
            return Files.exists(program) ? program : CORPUS.resolve(name + ".wat");
        }

        String route() {
            String key = volume.equals("rw") ? "writable-volumes" : "volumes";
            String volumes =
                    volume.equals("-")
                            ? ""
                            : key + " = { \"/data\" = \"" + folder.resolve("in/volume") + "\" }\n";
            return "[[site.route]]\npath = \"/"
                    + name
                    + "\"\nmodule = \""
                    + file()
                    + "\"\n"
                    + volumes;
        }
    }

    @BeforeAll
    static void start() throws Exception {
        attempts =
                Files.readAllLines(CORPUS.resolve("expected.txt")).stream()
                        .filter(line -> !line.startsWith("#"))
                        .map(Attempt::parse)
                        .toList();
        HostileVolume.fill(folder.resolve("in/volume"));
        var sites = new StringBuilder();
        attempts.forEach(attempt -> sites.append(attempt.route()));
        String neighbour =
                TestServer.printing(folder, "/neighbour", NEIGHBOUR)
                        .replace("[[module]]\nroute", "[[site.route]]\npath");
        server =
                TestServer.start(
                        folder,
                        """
                        preload = "all"
                        [limits]
                        time = "500ms"
                        memory = "16MiB"
                        response-body = "1MiB"
                        stderr = "4KiB"
                        [[site]]
                        name = "good"
                        hosts = ["good.test"]
                        %s
                        [[site]]
                        name = "hostile"
                        hosts = ["hostile.test"]
                        %s
                        """
                                .formatted(neighbour, sites),
                        TestServer.printing(folder, "/other", NEIGHBOUR));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String get(String host, String path) throws IOException {
        return server.raw(
                "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
    }

    @Test
    void theTableAndTheFolderNameTheSameGuests() throws Exception {
        List<String> files;
        try (Stream<Path> all = Files.list(CORPUS)) {
            files =
                    all.map(path -> path.getFileName().toString())
                            .filter(name -> name.endsWith(".wat") || name.endsWith(".wasm"))
                            .map(name -> name.substring(0, name.lastIndexOf('.')))
                            .toList();
        }

        assertThat(attempts).extracting(Attempt::name).containsExactlyInAnyOrderElementsOf(files);
        assertThat(attempts).hasSizeGreaterThanOrEqualTo(60);
    }

    @Test
    void theBinariesMatchTheirSources() throws Exception {
        Process check =
                new ProcessBuilder(
                                CORPUS.resolveSibling("build-c.sh").toString(),
                                CORPUS.toString(),
                                "--check")
                        .redirectErrorStream(true)
                        .start();
        String output =
                new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(check.waitFor(60, TimeUnit.SECONDS)).isTrue();
        Assumptions.assumeFalse(check.exitValue() == 3, output);

        assertThat(check.exitValue()).as(output).isZero();
    }

    @Test
    void everyGuestFailsAsItShouldAndItsNeighbourIsServed() throws Exception {
        // Once each, so that everything made on first use exists.
        assertThat(get("good.test", "/neighbour")).endsWith("neighbour\n");
        int threads = Thread.activeCount();
        long descriptors = descriptors();
        var over = new AtomicBoolean();
        var wrong = new ArrayList<String>();
        int visits;
        try (var executor = Executors.newSingleThreadExecutor()) {
            var neighbour = executor.submit(() -> visit(over));
            for (Attempt attempt : attempts) {
                check(attempt).forEach(wrong::add);
            }
            over.set(true);
            visits = neighbour.get(60, TimeUnit.SECONDS);
        }

        assertThat(wrong).isEmpty();
        assertThat(visits).isGreaterThan(attempts.size());
        assertThat(server.admin("/metrics"))
                .contains("jetway_overdue_guests 0.0\n")
                .contains("jetway_running_guests 0.0\n")
                .contains("jetway_guest_memory_bytes 0.0\n")
                .contains("jetway_parked_guests 0.0\n");
        assertThat(server.served().temporaryFiles()).isZero();
        assertThat(Thread.activeCount()).isLessThan(threads + SLACK);
        assertThat(descriptors()).isLessThan(descriptors + SLACK);
        assertThat(Files.readString(folder.resolve("in/secret"))).isEqualTo("outside");
        try (Stream<Path> outside = Files.list(folder.resolve("in"))) {
            assertThat(outside.map(Path::getFileName).map(Path::toString))
                    .containsExactlyInAnyOrder("secret", "volume");
        }
    }

    /** Asks the neighbour until told to stop; each answer must be right. */
    private static int visit(AtomicBoolean over) throws IOException {
        int visits = 0;
        while (!over.get()) {
            assertThat(get("good.test", "/neighbour"))
                    .startsWith("HTTP/1.1 200 ")
                    .endsWith("neighbour\n");
            visits++;
        }
        return visits;
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }

    /** The differences from the table. */
    private static List<String> check(Attempt attempt) throws Exception {
        long start = System.nanoTime();
        String answer = get("hostile.test", "/" + attempt.name());
        long took = Duration.ofNanos(System.nanoTime() - start).toMillis();
        String metrics = server.admin("/metrics");
        var wrong = new ArrayList<String>();
        if (attempt.expected().stream().noneMatch(e -> matches(attempt, e, answer, metrics))) {
            wrong.add(attempt.name() + ": expected " + attempt.expected() + " but was " + answer);
        }
        if (took > attempt.most()) {
            wrong.add(attempt.name() + ": took " + took + " ms");
        }
        if (answer.contains("outside") || answer.contains("root:")) {
            wrong.add(attempt.name() + ": read what it must not");
        }
        return wrong;
    }

    private static boolean matches(
            Attempt attempt, String expected, String answer, String metrics) {
        String[] parts = expected.split(" ", 2);
        String rest = parts.length > 1 ? parts[1] : "";
        if (parts[0].equals("200")) {
            return answer.startsWith("HTTP/1.1 200 ") && answer.contains("\r\n\r\n" + rest);
        }
        String status = parts[0].equals("cut") ? "0" : parts[0];
        return answer.startsWith("HTTP/1.1 " + (status.equals("0") ? "200" : status) + " ")
                && !answer.endsWith("\r\n0\r\n\r\n")
                && metrics.contains(
                        "jetway_requests_total{site=\"hostile\",route=\"/"
                                + attempt.name()
                                + "\",outcome=\""
                                + rest
                                + "\",status=\""
                                + status
                                + "\",}");
    }
}
