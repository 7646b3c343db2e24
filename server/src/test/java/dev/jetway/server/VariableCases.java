package dev.jetway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpFields;

/** The table of variables, for any server that has a guest which prints its environment. */
final class VariableCases {
    private static final Path TABLE =
            Path.of("..", "wagi-handler", "src", "test", "resources", "variables.tsv");

    private VariableCases() {}

    /** Columns: dialect, pattern, request, variable, value, source. */
    static Stream<List<String>> table() throws Exception {
        return Files.readAllLines(TABLE).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> List.of(line.split("\t", -1)));
    }

    /** The row holds at a server. */
    static void holdsOverHttp1(URI server, List<String> row) throws Exception {
        Sent sent = Sent.parse(row.get(2));
        var bytes = new StringBuilder(sent.method() + " " + sent.target() + " HTTP/1.1\r\n");
        bytes.append("Host: ").append(sent.host()).append("\r\n");
        sent.fields().forEach(f -> bytes.append(f).append("\r\n"));
        if (sent.chunked()) {
            bytes.append("Transfer-Encoding: chunked\r\n\r\n")
                    .append(Integer.toHexString(sent.body().length()))
                    .append("\r\n")
                    .append(sent.body())
                    .append("\r\n0\r\n\r\n");
        } else if (!sent.body().isEmpty()) {
            bytes.append("Content-Length: ")
                    .append(sent.body().length())
                    .append("\r\n\r\n")
                    .append(sent.body());
        } else {
            bytes.append("\r\n");
        }
        try (var socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(bytes.toString().getBytes(StandardCharsets.UTF_8));
            // The answer has a length: the connection stays open.
            socket.shutdownOutput();
            var answer = new ByteArrayOutputStream();
            socket.getInputStream().transferTo(answer);
            expect(row, answer.toString(StandardCharsets.UTF_8), "HTTP/1.1", socket.getLocalPort());
        }
    }

    /** The row holds at a server, if HTTP/2 has such a request. */
    static void holdsOverHttp2(URI server, List<String> row) throws Exception {
        Sent sent = Sent.parse(row.get(2));
        if (sent.http1Only()) {
            // HTTP/2 has no such field (RFC 9113 §8.2.2).
            assertThat(row.get(2)).containsAnyOf("Connection", "chunked");
            return;
        }
        var fields = HttpFields.build();
        for (String field : sent.fields()) {
            String[] parts = field.split(": ?", 2);
            fields.add(parts[0], parts[1]);
        }
        if (!sent.chunked() && !sent.body().isEmpty()) {
            fields.put("Content-Length", Integer.toString(sent.body().length()));
        }
        try (var client = new Http2Client(server)) {
            String answer =
                    client.send(
                            sent.method(),
                            sent.host(),
                            sent.target(),
                            fields,
                            sent.body().getBytes(StandardCharsets.UTF_8));
            expect(row, answer, "HTTP/2.0", client.port());
        }
    }

    private static void expect(List<String> row, String answer, String protocol, int port) {
        List<String> lines = answer.lines().toList();
        assertThat(lines).contains("SERVER_PROTOCOL=" + protocol);
        Optional<String> value =
                lines.stream()
                        .filter(l -> l.startsWith(row.get(3) + "="))
                        .map(l -> l.substring(row.get(3).length() + 1))
                        .findFirst();
        if (row.get(4).equals("-")) {
            assertThat(value).isEmpty();
            return;
        }
        assertThat(value)
                .contains(
                        row.get(4)
                                .replace("{client}", "127.0.0.1")
                                .replace("{client-port}", Integer.toString(port))
                                .replace("{server}", "127.0.0.1")
                                .replace("{protocol}", protocol));
    }

    /** A request of the table. */
    private record Sent(
            boolean http1Only,
            String method,
            String target,
            String host,
            List<String> fields,
            String body,
            boolean chunked) {
        static Sent parse(String text) {
            boolean http1Only = text.startsWith("h1 ");
            String[] parts = text.substring(http1Only ? 3 : 0).split("\\|", -1);
            String[] line = parts[0].split(" ", -1);
            String host = "example.org";
            String body = "";
            boolean chunked = false;
            var fields = new ArrayList<String>();
            for (String part : List.of(parts).subList(1, parts.length)) {
                if (part.startsWith("Host: ")) {
                    host = part.substring("Host: ".length());
                } else if (part.startsWith("body=") || part.startsWith("chunked=")) {
                    chunked = part.startsWith("chunked=");
                    body = part.substring(part.indexOf('=') + 1);
                } else {
                    fields.add(part);
                }
            }
            return new Sent(http1Only, line[0], line[1], host, fields, body, chunked);
        }
    }
}
