package dev.jetway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** docs/first-hour.md, run as it stands by a shell: each command prints what the document says. */
@Timeout(300)
final class FirstHourIT {
    private static final Path DOCUMENT = Path.of("..", "docs", "first-hour.md");
    private static final Path PHP = Path.of("..", "examples", "php", "php-cgi-8.2.0.wasm");
    private static final Pattern BLOCK =
            Pattern.compile("^```(\\w+)\\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern FILE = Pattern.compile("\\bhosting/\\S+");
    private static final String MARK = "---- command ";

    /** The shell tells of a job that a signal ended whenever it happens to look. */
    private static final Pattern ENDED_JOB =
            Pattern.compile("^\\[\\d+\\]\\+ .*\\n", Pattern.MULTILINE);

    @TempDir private Path folder;

    /** A command and the lines that it prints; {@code …} stands for any text. */
    private record Step(String command, List<String> lines) {
        Pattern expected() {
            var text = new StringBuilder();
            for (String line : lines) {
                text.append(
                        line.equals("…")
                                ? "(?s:.*)"
                                : Pattern.quote(line).replace("…", "\\E.*\\Q") + "\n");
            }
            return Pattern.compile(text.toString());
        }
    }

    private final StringBuilder script = new StringBuilder();
    private final List<Step> steps = new ArrayList<>();

    @Test
    void theDocumentIsTrue() throws Exception {
        assumeTrue(Files.exists(PHP), "examples/php/fetch.sh has not been run");
        int port = freePort();
        int admin = freePort();
        String document =
                Files.readString(DOCUMENT)
                        .replace(":8080", ":" + port)
                        .replace(":9090", ":" + admin);
        script.append(prologue());
        Matcher block = BLOCK.matcher(document);
        while (block.find()) {
            if (block.group(1).equals("console")) {
                steps(block.group(2));
            } else {
                file(block.group(2));
            }
        }

        String output = run();

        List<String> outputs = List.of(output.split(Pattern.quote(MARK) + "\\d+\n", -1));
        assertThat(outputs).hasSize(steps.size() + 1);
        for (int i = 0; i < steps.size(); i++) {
            assertThat(outputs.get(i + 1))
                    .as(steps.get(i).command() + "\nlog:\n" + log())
                    .matches(steps.get(i).expected());
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Modules that other tests of the build have compiled need no compiling here. */
    private Path cacheHome() throws IOException {
        Path modules = Path.of("target", "test-modules").toAbsolutePath();
        Files.createDirectories(modules);
        Path home = folder.resolve("cache");
        Files.createDirectories(home.resolve("jetway"));
        Files.createSymbolicLink(home.resolve("jetway/modules"), modules);
        return home;
    }

    private String prologue() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return """
        set -um
        exec 2>&1
        export MODULES='%s' EXAMPLES='%s' XDG_CACHE_HOME='%s'
        jetway() {
            '%s' -XX:-DontCompileHugeMethods --enable-native-access=ALL-UNNAMED -Xmx512m \
                -cp "$CLASSES" dev.jetway.server.Main "$@"
        }
        trap 'kill $(jobs -p) 2>/dev/null' EXIT
        """
                .formatted(
                        PHP.toAbsolutePath().normalize().getParent(),
                        TestServer.examples(),
                        cacheHome(),
                        java);
    }

    private void file(String text) throws IOException {
        Matcher name = FILE.matcher(text.lines().findFirst().orElseThrow());
        assertThat(name.find()).as("the first line of a block names its file: " + text).isTrue();
        Path file = folder.resolve(name.group());
        Path parent = Objects.requireNonNull(file.getParent());
        Path staged = folder.resolve("staged-" + script.length());
        Files.writeString(staged, text);
        script.append("mkdir -p '%s' && cp '%s' '%s'%n".formatted(parent, staged, file));
    }

    private void steps(String text) {
        var lines = new ArrayList<String>();
        String command = "";
        for (String line : text.lines().toList()) {
            if (line.startsWith("$ ")) {
                add(command, lines);
                command = line.substring(2);
                lines = new ArrayList<>();
            } else {
                lines.add(line);
            }
        }
        add(command, lines);
    }

    private void add(String command, List<String> lines) {
        if (!command.isEmpty()) {
            script.append("echo '").append(MARK).append(steps.size()).append("'\n");
            script.append(command).append('\n');
            steps.add(new Step(command, List.copyOf(lines)));
        }
    }

    private String run() throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("script.sh"), script);
        var builder = new ProcessBuilder("bash", file.toString());
        builder.directory(folder.toFile());
        builder.environment().put("CLASSES", System.getProperty("java.class.path"));
        builder.redirectErrorStream(true);
        Path out = folder.resolve("output");
        builder.redirectOutput(out.toFile());
        Process shell = builder.start();
        assertThat(shell.waitFor(4, TimeUnit.MINUTES)).isTrue();
        return ENDED_JOB.matcher(Files.readString(out, StandardCharsets.UTF_8)).replaceAll("");
    }

    private String log() throws IOException {
        Path log = folder.resolve("hosting/server.log");
        return Files.exists(log) ? Files.readString(log) : "none";
    }
}
