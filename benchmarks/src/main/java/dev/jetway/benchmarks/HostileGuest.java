package dev.jetway.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A line of {@code examples/hostile/expected.txt}.
 *
 * @param name of the guest and, below {@code /}, of its route
 * @param expected how it ends
 * @param what what it tries
 */
record HostileGuest(String name, String expected, String what) {
    private static final int FIELDS = 5;
    private static final int PATIENCE = (int) Duration.ofSeconds(30).toMillis();

    /** All guests of the table. */
    static List<HostileGuest> readAll(Path table) throws IOException {
        return Files.readAllLines(table).stream()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .map(line -> line.split(" \\| ", FIELDS))
                .map(fields -> new HostileGuest(fields[0], fields[1], fields[4]))
                .toList();
    }

    /**
     * How one request ended.
     *
     * @param status of the answer; 0 if there was none
     */
    record Answer(int status, Duration time) {}

    /** Asks for it on a connection of its own and reads to the end, whatever that is. */
    Answer visit(int port) {
        long start = System.nanoTime();
        int status = 0;
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE);
            String request =
                    "GET /" + name + " HTTP/1.1\r\nHost: hostile.test\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            status = status(new String(in.readNBytes(12), StandardCharsets.US_ASCII));
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // The server cut it: how long it took is what counts.
            return new Answer(status, Duration.ofNanos(System.nanoTime() - start));
        }
        return new Answer(status, Duration.ofNanos(System.nanoTime() - start));
    }

    private static int status(String line) {
        return line.length() == 12 ? Integer.parseInt(line.substring(9)) : 0;
    }
}
