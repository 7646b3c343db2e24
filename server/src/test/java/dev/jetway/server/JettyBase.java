package dev.jetway.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** A stock Jetty with our module, as its user sets it up. */
final class JettyBase implements AutoCloseable {
    private static final Pattern STARTED =
            Pattern.compile("(?:Server|Watched)Connector@.*\\{127\\.0\\.0\\.1:(\\d+)}");

    private final Process process;
    private final URI uri;

    private JettyBase(Process process, URI uri) {
        this.process = process;
        this.uri = uri;
    }

    /** Unpacks the module's archive in a folder and adds modules to that base. */
    static void create(Path base, String modules) throws Exception {
        unpack(property("jetway.test.jetty-module"), base);
        createPlain(base, modules);
    }

    /** Adds modules of Jetty's own to a base. */
    static void createPlain(Path base, String modules) throws Exception {
        // Jetty unpacks applications there, and not beside the folders of others.
        Files.createDirectories(base.resolve("work"));
        String output = output(jetty(base, List.of("--add-modules=" + modules)));
        if (!Files.exists(base.resolve("start.d"))) {
            throw new IOException(output);
        }
    }

    /** Starts a base on a free port, with more of its properties. */
    static JettyBase start(Path base, String... properties) throws Exception {
        var all = new ArrayList<>(List.of("jetty.http.host=127.0.0.1", "jetty.http.port=0"));
        all.addAll(List.of(properties));
        Process process = jetty(base, all);
        var port = new CompletableFuture<Integer>();
        Thread.ofVirtual().start(() -> read(process, port));
        try {
            return new JettyBase(
                    process,
                    URI.create("http://127.0.0.1:" + port.get(60, TimeUnit.SECONDS) + "/"));
        } catch (Exception e) {
            end(process);
            throw e;
        }
    }

    private static void read(Process process, CompletableFuture<Integer> port) {
        var lines = new ArrayList<String>();
        try (BufferedReader reader = process.inputReader()) {
            String line = reader.readLine();
            while (line != null) {
                lines.add(line);
                Matcher started = STARTED.matcher(line);
                if (started.find()) {
                    port.complete(Integer.valueOf(started.group(1)));
                }
                line = reader.readLine();
            }
            port.completeExceptionally(new IOException(String.join("\n", lines)));
        } catch (IOException e) {
            port.completeExceptionally(e);
        }
    }

    private static Process jetty(Path base, List<String> arguments) throws IOException {
        var command = new ArrayList<>(List.of(java(), "-jar", startJar()));
        command.addAll(arguments);
        var builder =
                new ProcessBuilder(command).directory(base.toFile()).redirectErrorStream(true);
        // For the launcher and its server, which live for seconds: the JIT's second compiler would
        // only take time from them.
        builder.environment().put("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");
        return builder.start();
    }

    private static String output(Process process) throws Exception {
        try (InputStream in = process.getInputStream()) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return text;
        }
    }

    /** The words of a base to its operator if its Jetty had another version. */
    static String startedAs(Path base, String version) throws Exception {
        Process process =
                new ProcessBuilder(
                                java(),
                                "-Djetty.version=" + version,
                                "-jar",
                                startJar(),
                                "--dry-run")
                        .directory(base.toFile())
                        .redirectErrorStream(true)
                        .start();
        return output(process);
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static String startJar() {
        return property("jetway.test.jetty-home").resolve("start.jar").toString();
    }

    private static Path property(String name) {
        return Path.of(Objects.requireNonNull(System.getProperty(name), name));
    }

    private static void unpack(Path archive, Path base) throws IOException {
        try (var zip = new ZipInputStream(Files.newInputStream(archive))) {
            ZipEntry entry = zip.getNextEntry();
            while (entry != null) {
                Path file = base.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(Objects.requireNonNull(file.getParent()));
                    Files.copy(zip, file);
                }
                entry = zip.getNextEntry();
            }
        }
    }

    /** The address of the server. */
    URI uri() {
        return uri;
    }

    /** Stops the server as its operator would; whether it has ended. */
    boolean stop() throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        return process.waitFor(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        boolean ended = false;
        try {
            ended = stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!ended) {
            end(process);
        }
    }

    /** Ends the launcher and the server that it has started. */
    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
