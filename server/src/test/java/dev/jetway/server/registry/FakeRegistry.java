package dev.jetway.server.registry;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A registry on this machine that answers each path as a test says, well or badly. A connection
 * serves one request.
 */
public final class FakeRegistry implements AutoCloseable {
    /** How the body of an answer is sent. */
    enum Manner {
        WHOLE,
        /** Half of it, then the end of the connection. */
        CUT,
        /** Half of it, then nothing. */
        STALLED,
        /** A byte now and then. */
        DRIPPING,
        /** Without length and end. */
        ENDLESS
    }

    /** A request as it came; names of fields are in small letters. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared, never changed.
    record Request(String method, String path, Map<String, String> fields, byte[] body) {
        String field(String name) {
            return fields.getOrDefault(name, "");
        }
    }

    /** An answer. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared, never changed.
    record Reply(int status, Map<String, String> fields, byte[] body, Manner manner) {
        static Reply of(int status, String... fields) {
            return new Reply(status, Map.of(), new byte[0], Manner.WHOLE).with(fields);
        }

        static Reply of(byte[] body, String type) {
            return new Reply(200, Map.of("Content-Type", type), body, Manner.WHOLE);
        }

        static Reply json(String text) {
            return of(text.getBytes(StandardCharsets.UTF_8), "application/json");
        }

        Reply with(String... more) {
            var all = new LinkedHashMap<>(fields);
            for (int i = 0; i < more.length; i += 2) {
                all.put(more[i], more[i + 1]);
            }
            return new Reply(status, all, body, manner);
        }

        Reply sent(Manner other) {
            return new Reply(status, fields, body, other);
        }
    }

    /** Time between two bytes of a dripping answer, in milliseconds. */
    private static final int DRIP = 20;

    private final ServerSocket socket;
    private final Map<String, Function<Request, Reply>> answers = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** A registry on a free port of every address of this machine's loopback. */
    public FakeRegistry() throws IOException {
        this(0);
    }

    /** A registry on a port. */
    public FakeRegistry(int port) throws IOException {
        this.socket = new ServerSocket(port, 50, InetAddress.getByName("0.0.0.0"));
        Thread.ofPlatform().daemon().start(this::accept);
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** Its name for references. */
    public String host() {
        return "127.0.0.1:" + port();
    }

    /** Its name, under which it is another machine for a client. */
    String otherHost() {
        return "127.0.0.2:" + port();
    }

    FakeRegistry answer(String path, Function<Request, Reply> answer) {
        answers.put(path, answer);
        return this;
    }

    FakeRegistry answer(String path, Reply reply) {
        return answer(path, _ -> reply);
    }

    /** Has a file, as a web server. */
    public void file(String path, byte[] content) {
        answer(path, Reply.of(content, "application/wasm"));
    }

    /** The answer that a path has. */
    Reply current(String path) {
        return answers.getOrDefault(path, _ -> Reply.of(404))
                .apply(new Request("GET", path, Map.of(), new byte[0]));
    }

    /** Forgets all answers. */
    public void clear() {
        answers.clear();
    }

    /** The requests so far, but those that look whether TLS is spoken. */
    List<Request> requests() {
        return requests;
    }

    /** The number of requests for a path so far. */
    public int count(String path) {
        return (int) requests.stream().filter(r -> r.path().equals(path)).count();
    }

    /** The requests so far as lines. */
    List<String> lines() {
        return requests.stream().map(r -> r.method() + " " + r.path()).toList();
    }

    /**
     * Has a module under a tag, in the layout that the CNCF gives; returns the manifest's digest.
     */
    public Digest module(String repository, String tag, byte[] module) {
        return artifact(repository, tag, MediaTypes.WASM_CONFIG, MediaTypes.WASM, module);
    }

    /** Has a module under a tag, with media types. */
    Digest artifact(String repository, String tag, String configType, String type, byte[] module) {
        byte[] config =
                "{\"architecture\":\"wasm\",\"os\":\"wasip1\"}".getBytes(StandardCharsets.UTF_8);
        blob(repository, config);
        blob(repository, module);
        return manifest(
                repository,
                tag,
                MediaTypes.MANIFEST,
                """
                {"schemaVersion":2,"mediaType":"%s","config":%s,"layers":[%s]}
                """
                        .formatted(
                                MediaTypes.MANIFEST,
                                descriptor(configType, config),
                                descriptor(type, module)));
    }

    /** Has a module with a configuration. */
    public void artifactWith(String repository, String tag, byte[] config, byte[] module) {
        blob(repository, config);
        blob(repository, module);
        manifest(
                repository,
                tag,
                MediaTypes.MANIFEST,
                "{\"schemaVersion\":2,\"config\":%s,\"layers\":[%s]}"
                        .formatted(
                                descriptor(MediaTypes.WASM_CONFIG, config),
                                descriptor(MediaTypes.WASM, module)));
    }

    static String descriptor(String type, byte[] content) {
        return descriptor(type, Digest.of(content), content.length);
    }

    static String descriptor(String type, Digest digest, long size) {
        return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}".formatted(type, digest, size);
    }

    /** Has a content. */
    void blob(String repository, byte[] content) {
        answer(
                "/v2/" + repository + "/blobs/" + Digest.of(content),
                Reply.of(content, "application/octet-stream"));
    }

    /** Has a manifest under a tag and under its digest. */
    Digest manifest(String repository, String tag, String type, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Digest digest = Digest.of(bytes);
        Reply reply = Reply.of(bytes, type).with("Docker-Content-Digest", digest.toString());
        answer("/v2/" + repository + "/manifests/" + tag, reply);
        answer("/v2/" + repository + "/manifests/" + digest, reply);
        return digest;
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                Thread.ofPlatform().daemon().start(() -> serve(connection));
            } catch (IOException e) {
                // Closed.
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            connection.setSoTimeout(20_000);
            InputStream in = new BufferedInputStream(connection.getInputStream());
            String head = head(in);
            if (!head.startsWith("GET ") && !head.matches("(?s)(HEAD|POST|PUT|PATCH) .*")) {
                // A greeting of TLS.
                return;
            }
            Request request = request(head, in);
            requests.add(request);
            Reply reply = answers.getOrDefault(request.path(), _ -> Reply.of(404)).apply(request);
            send(reply, request.method().equals("HEAD"), connection.getOutputStream());
        } catch (IOException | InterruptedException e) {
            // The client has gone, or the test is over.
        }
    }

    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        for (int c = in.read(); c >= 0; c = in.read()) {
            head.append((char) c);
            if (head.length() == 1 && !Character.isLetter(c)) {
                return "";
            }
            if (head.toString().endsWith("\r\n\r\n")) {
                break;
            }
        }
        return head.toString();
    }

    private static Request request(String head, InputStream in) throws IOException {
        List<String> lines = new ArrayList<>(head.lines().toList());
        String[] first = lines.removeFirst().split(" ", -1);
        var fields = new LinkedHashMap<String, String>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        int length = Integer.parseInt(fields.getOrDefault("content-length", "0"));
        return new Request(first[0], first[1], fields, in.readNBytes(length));
    }

    private void send(Reply reply, boolean headOnly, OutputStream out)
            throws IOException, InterruptedException {
        var head = new StringBuilder("HTTP/1.1 " + reply.status() + " .\r\nConnection: close\r\n");
        reply.fields().forEach((n, v) -> head.append(n).append(": ").append(v).append("\r\n"));
        if (reply.manner() != Manner.ENDLESS && !reply.fields().containsKey("Content-Length")) {
            head.append("Content-Length: ").append(reply.body().length).append("\r\n");
        }
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        if (!headOnly) {
            sendBody(reply, out);
        }
        out.flush();
    }

    private void sendBody(Reply reply, OutputStream out) throws IOException, InterruptedException {
        byte[] body = reply.body();
        switch (reply.manner()) {
            case WHOLE -> out.write(body);
            case CUT -> out.write(body, 0, body.length / 2);
            case STALLED -> {
                out.write(body, 0, body.length / 2);
                out.flush();
                closed.await();
            }
            case DRIPPING -> {
                for (byte b : body) {
                    out.write(b);
                    out.flush();
                    if (closed.await(DRIP, TimeUnit.MILLISECONDS)) {
                        return;
                    }
                }
            }
            case ENDLESS -> {
                while (closed.getCount() > 0) {
                    out.write(body);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        socket.close();
    }
}
