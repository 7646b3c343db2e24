package dev.jetway.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.server.cli.JetwayCommand;
import dev.jetway.server.cli.LaunchEnvironment;
import dev.jetway.server.cli.StandardStreams;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs each example in both ways, as a route of a server and under {@code jetway run}. */
@Timeout(300)
final class BothWaysIT {
    private static final Path HOSTILE = Path.of("..", "examples", "hostile").toAbsolutePath();

    // The exit codes of docs/writing-guests.md.
    private static final int TRAPPED = 134;
    private static final int TOO_LATE = 124;

    /** The codes on the terminal that a guest may end with, by its end in the server. */
    private static final Map<String, Set<Integer>> CODES =
            Map.of(
                    "200", Set.of(0),
                    "502 trap", Set.of(TRAPPED),
                    "504 time-limit", Set.of(TOO_LATE),
                    "cut time-limit", Set.of(TOO_LATE),
                    "503 module", Set.of(JetwayCommand.ERROR),
                    // The server refuses output that it cannot deliver; a terminal takes all of it.
                    "cut response-limit", Set.of(TOO_LATE),
                    "502 invalid-response", Set.of(0, TOO_LATE),
                    "cut invalid-response", Set.of(0, TOO_LATE),
                    // Guests that end themselves; one of the corpus with a code of its own.
                    "502 no-response", Set.of(0, 255));

    @TempDir private static Path folder;
    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        var sites = new StringBuilder();
        for (String guest : examples()) {
            Files.createDirectories(folder.resolve("served/" + guest));
            sites.append(route("shown.test", guest, guest));
            sites.append(route("asked.test", guest, "env.wasm"));
        }
        server =
                TestServer.start(
                        folder,
                        sites.toString(),
                        TestServer.printing(folder, "/x", "Content-Type: text/plain\n\nx"));
    }

    private static String route(String host, String guest, String module) {
        return """
        [[site]]
        name = "%2$s-%1$s"
        hosts = ["%2$s.%1$s"]
        [[site.route]]
        path = "/%2$s/..."
        module = "%3$s"
        writable-volumes = { "/data" = "%4$s" }
        """
                .formatted(
                        host,
                        guest,
                        TestServer.examples().resolve(module),
                        folder.resolve("served/" + guest));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** All examples but the one that takes a minute. */
    static List<String> examples() throws IOException {
        try (Stream<Path> all = Files.list(TestServer.examples())) {
            return all.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(".wasm") || name.endsWith(".wat"))
                    .filter(name -> !name.equals("slow-stream.wasm"))
                    .sorted()
                    .toList();
        }
    }

    /** The result of one run of the command. */
    private record Ended(int code, String out, String messages) {}

    private static Ended run(String... options) {
        var out = new Cut();
        var messages = new StringWriter();
        var arguments = new ArrayList<>(List.of("run"));
        arguments.addAll(List.of(options));
        int code =
                JetwayCommand.run(
                        arguments.toArray(String[]::new),
                        new LaunchEnvironment(
                                Map.of("XDG_CACHE_HOME", folder.resolve("cache").toString()),
                                folder,
                                folder,
                                "1",
                                2,
                                false),
                        new StandardStreams(
                                InputStream.nullInputStream(),
                                out,
                                OutputStream.nullOutputStream()),
                        new PrintWriter(OutputStream.nullOutputStream(), true, UTF_8),
                        new PrintWriter(messages, true),
                        (_, _, _) -> {
                            throw new AssertionError("no server was asked for");
                        });
        return new Ended(code, out.kept.toString(ISO_8859_1), messages.toString());
    }

    /** Keeps the beginning of the output. */
    private static final class Cut extends OutputStream {
        private static final int MOST = 64 * 1024;
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int length) {
            kept.write(from, offset, Math.min(length, MOST - Math.min(MOST, kept.size())));
        }
    }

    private static String get(String host, String guest) throws IOException {
        return server.raw(
                "GET /"
                        + guest
                        + "/some/path?a=b&c=%20d HTTP/1.1\r\nHost: "
                        + guest
                        + "."
                        + host
                        + "\r\nConnection: close\r\nX-Own: field\r\n\r\n");
    }

    /** The variables that the guest gets for the request, by a guest that prints them. */
    private static List<String> variables(String guest) throws IOException {
        return body(get("asked.test", guest))
                .lines()
                .filter(line -> line.contains("=") && !line.startsWith("argv"))
                .map(line -> "--env=" + line.replace("asked.test", "shown.test"))
                .toList();
    }

    private static String body(String response) {
        int head = response.indexOf("\r\n\r\n");
        String body = response.substring(head + 4);
        return response.substring(0, head).contains("chunked") ? unchunked(body) : body;
    }

    private static String unchunked(String body) {
        var whole = new StringBuilder();
        String left = body;
        while (true) {
            int line = left.indexOf("\r\n");
            int size = Integer.parseInt(left.substring(0, line), 16);
            if (size == 0) {
                return whole.toString();
            }
            whole.append(left, line + 2, line + 2 + size);
            left = left.substring(line + 4 + size);
        }
    }

    /** The text without parts that differ from connection to connection. */
    private static String lasting(String text) {
        return text.replaceAll("(?m)^.*(REMOTE_PORT|UNIQUE_ID).*\\R", "");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void anExample_printsTheSameByBothWays(String guest) throws Exception {
        Path data = Files.createDirectories(folder.resolve("run/" + guest));
        var options = new ArrayList<>(variables(guest));
        options.add("--dir=" + data + "::/data");
        options.add(TestServer.examples().resolve(guest).toString());

        String served = get("shown.test", guest);
        Ended ended = run(options.toArray(String[]::new));

        assertThat(ended.code()).as(ended.messages()).isZero();
        String[] printed = ended.out().split("\r?\n\r?\n", 2);
        assertThat(lasting(printed[1])).isEqualTo(lasting(body(served)));
        for (String field : printed[0].split("\r?\n", -1)) {
            assertThat(served)
                    .containsIgnoringCase(field.replaceFirst("^(?i)Status: ", "HTTP/1.1 "));
        }
        assertThat(entries(data)).isEqualTo(entries(folder.resolve("served/" + guest)));
    }

    private static Map<String, String> entries(Path data) throws IOException {
        try (Stream<Path> all = Files.list(data)) {
            return all.collect(Collectors.toMap(p -> p.getFileName().toString(), BothWaysIT::read));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aHostileGuest_endsAlikeByBothWays() throws Exception {
        var wrong = new ArrayList<String>();
        for (String line : Files.readAllLines(HOSTILE.resolve("expected.txt"))) {
            if (!line.startsWith("#")) {
                wrong.addAll(ended(line.split(" \\| ", -1)));
            }
        }

        assertThat(wrong).isEmpty();
    }

    private static List<String> ended(String... row) throws Exception {
        Path program = HOSTILE.resolve(row[0] + ".wasm");
        Path file = Files.exists(program) ? program : HOSTILE.resolve(row[0] + ".wat");
        // A terminal has no limit of output: what only time ends there must not be done before.
        String time = row[1].contains("cut time-limit") ? "100ms" : "500ms";
        var options = new ArrayList<>(List.of("--timeout=" + time, "--max-memory=16MiB"));
        if (!row[3].equals("-")) {
            Path volume = hostileVolume();
            options.add("--dir=" + volume + "::/data" + (row[3].equals("ro") ? "::ro" : ""));
        }
        options.add(file.toString());
        Ended ended = run(options.toArray(String[]::new));
        return Stream.of(row[1].split("/", -1)).anyMatch(outcome -> isSame(outcome, ended))
                ? List.of()
                : List.of(row[0] + ": " + row[1] + " in the server, but " + ended);
    }

    private static boolean isSame(String outcome, Ended ended) {
        if (!outcome.startsWith("200")) {
            return CODES.getOrDefault(outcome, Set.of()).contains(ended.code());
        }
        String begin = outcome.substring("200".length()).strip();
        return ended.code() == 0 && ended.out().contains("\n\n" + begin);
    }

    private static Path hostileVolume() throws Exception {
        Path volume = folder.resolve("in/volume");
        if (!Files.exists(volume)) {
            HostileVolume.fill(volume);
        }
        return volume;
    }
}
