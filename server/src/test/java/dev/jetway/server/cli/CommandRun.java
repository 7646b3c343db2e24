package dev.jetway.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.server.config.Configuration;
import dev.jetway.server.config.ConfigurationSource;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs commands in a folder, with a server that only records its configuration. */
final class CommandRun {
    private final Path workingDirectory;
    private final Path home;
    private final Map<String, String> environment = new HashMap<>();
    private final List<Configuration> started = new ArrayList<>();
    private @Nullable Exception failure;
    private final ByteArrayOutputStream guestOut = new ByteArrayOutputStream();
    private final ByteArrayOutputStream guestErr = new ByteArrayOutputStream();
    private InputStream stdin = InputStream.nullInputStream();
    private int closed;
    private String out = "";
    private String err = "";

    CommandRun(Path workingDirectory, Path home) {
        this.workingDirectory = workingDirectory;
        this.home = home;
    }

    CommandRun with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    CommandRun reading(InputStream stream) {
        stdin = stream;
        return this;
    }

    CommandRun failingWith(Exception exception) {
        failure = exception;
        return this;
    }

    int run(String... arguments) {
        var outText = new StringWriter();
        var errText = new StringWriter();
        int code =
                JetwayCommand.run(
                        arguments,
                        new LaunchEnvironment(
                                environment, workingDirectory, home, "1.2.3", 2, false),
                        new StandardStreams(stdin, guestOut, guestErr),
                        new PrintWriter(outText, true),
                        new PrintWriter(errText, true),
                        this::start);
        out = outText.toString();
        err = errText.toString();
        return code;
    }

    private RunningServer start(
            Configuration configuration, ConfigurationSource source, PrintWriter to)
            throws Exception {
        assertThat(source.read().routes()).isEqualTo(configuration.routes());
        if (failure != null) {
            throw failure;
        }
        started.add(configuration);
        to.println("started");
        return new RunningServer() {
            @Override
            public URI uri() {
                return URI.create("http://127.0.0.1:1/");
            }

            @Override
            public void awaitStop() {}

            @Override
            public void close() {
                closed++;
            }
        };
    }

    /** The configuration of the only server that was started. */
    Configuration started() {
        return started.getLast();
    }

    int starts() {
        return started.size();
    }

    int closed() {
        return closed;
    }

    String out() {
        return out;
    }

    String err() {
        return err;
    }

    String guestOut() {
        return guestOut.toString(StandardCharsets.UTF_8);
    }

    String guestErr() {
        return guestErr.toString(StandardCharsets.UTF_8);
    }
}
