package dev.jetway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A guest that polls a request's body while it is arriving. */
@Timeout(60)
final class PollingIT {
    /**
     * Polls its input and a clock of 100 ms, and prints which was ready; polls its input, and
     * prints how many bytes are ready; reads and prints them; polls again, and prints bytes and
     * flags.
     */
    private static final String GUEST =
            """
            (module
              (import "wasi_snapshot_preview1" "fd_write"
                (func $fd_write (param i32 i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "fd_read"
                (func $fd_read (param i32 i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "poll_oneoff"
                (func $poll_oneoff (param i32 i32 i32 i32) (result i32)))
              (memory (export "memory") 1)
              (data (i32.const 1024) "Content-Type: text/plain\\n\\n")
              (data (i32.const 1100) "clock input ")
              (func $print (param $at i32) (param $length i32)
                (i32.store (i32.const 0) (local.get $at))
                (i32.store (i32.const 4) (local.get $length))
                (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8))))
              (func $digit (param $value i32)
                (i32.store8 (i32.const 16) (i32.add (local.get $value) (i32.const 48)))
                (call $print (i32.const 16) (i32.const 1)))
              (func $poll (param $count i32)
                (drop (call $poll_oneoff
                  (i32.const 128) (i32.const 256) (local.get $count) (i32.const 512))))
              (func (export "_start")
                (call $print (i32.const 1024) (i32.const 26))
                (i32.store8 (i32.const 136) (i32.const 1))
                (i32.store (i32.const 192) (i32.const 1))
                (i64.store (i32.const 200) (i64.const 100000000))
                (call $poll (i32.const 2))
                (call $print
                  (i32.add (i32.const 1100)
                    (i32.mul (i32.const 6) (i32.load8_u (i32.const 266))))
                  (i32.const 6))
                (call $poll (i32.const 1))
                (call $digit (i32.load (i32.const 272)))
                (i32.store (i32.const 0) (i32.const 2048))
                (i32.store (i32.const 4) (i32.const 100))
                (drop (call $fd_read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8)))
                (call $print (i32.const 2048) (i32.load (i32.const 8)))
                (call $poll (i32.const 1))
                (call $digit (i32.load (i32.const 272)))
                (call $digit (i32.load8_u (i32.const 280)))))
            """;

    @TempDir private Path folder;
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server =
                TestServer.start(
                        folder,
                        "guest-slots = 1\nadmission-wait = \"20s\"\nidle-timeout = \"1s\"\n",
                        TestServer.guest(folder, "/streamed", GUEST)
                                + "request-body = \"stream\"\n"
                                + TestServer.guest(
                                        folder,
                                        "/patient",
                                        GUEST.replace("100000000", "2000000000"))
                                + "request-body = \"stream\"\n"
                                + TestServer.guest(folder, "/collected", GUEST)
                                + "[[module]]\nroute = \"/hello\"\nmodule = \"hello.wasm\"\n");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** HTTP/1.0: the response ends with the connection. */
    private Socket post(String path, String body) throws IOException {
        var socket = new Socket(server.server().uri().getHost(), server.server().uri().getPort());
        socket.setSoTimeout(20_000);
        send(socket, "POST " + path + " HTTP/1.0\r\nContent-Length: 5\r\n\r\n" + body);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    private static String rest(InputStream in) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    }

    @Test
    void aClockEndsThePollOfAPausedBody_andTheBodyTheNext() throws Exception {
        try (Socket socket = post("/streamed", "")) {
            var head = new StringBuilder();
            while (!head.toString().endsWith("clock ")) {
                head.append((char) socket.getInputStream().read());
            }
            // There is one slot for guests, and a polling guest does not hold it.
            assertThat(server.get("/hello").statusCode()).isEqualTo(200);
            send(socket, "12345");
            assertThat(rest(socket.getInputStream())).isEqualTo("51234501");
        }
    }

    @Test
    void aPollLongerThanTheIdleTimeout_keepsTheConnection() throws Exception {
        try (Socket socket = post("/patient", "")) {
            var head = new StringBuilder();
            while (!head.toString().endsWith("clock ")) {
                int b = socket.getInputStream().read();
                assertThat(b).as("the end after %s", head).isNotNegative();
                head.append((char) b);
            }
            send(socket, "12345");
            assertThat(rest(socket.getInputStream())).isEqualTo("51234501");
        }
    }

    @Test
    void aReceivedBodyEndsThePollAtOnce() throws Exception {
        for (String path : new String[] {"/streamed", "/collected"}) {
            try (Socket socket = post(path, "12345")) {
                assertThat(rest(socket.getInputStream())).endsWith("\r\n\r\ninput 51234501");
            }
        }
    }
}
