package dev.jetway.server;

import dev.jetway.base.JetwayVersion;
import dev.jetway.module.ModuleCache;
import dev.jetway.server.cli.JetwayCommand;
import dev.jetway.server.cli.LaunchEnvironment;
import dev.jetway.server.cli.RunningServer;
import dev.jetway.server.cli.StandardStreams;
import dev.jetway.server.config.Configuration;
import dev.jetway.server.config.ConfigurationSource;
import dev.jetway.server.config.ServerSettings;
import dev.jetway.server.log.InterruptibleOutput;
import java.io.FileDescriptor;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The process: the only place that reads the environment and ends the JVM. */
final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        StartupProperties.give();
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        Path here = Path.of("").toAbsolutePath();
        int processors = Runtime.getRuntime().availableProcessors();
        var launch =
                new LaunchEnvironment(
                        System.getenv(),
                        here,
                        Path.of(System.getProperty("jetway.home", here.toString())),
                        JetwayVersion.current(),
                        processors,
                        isRoot(Path.of("/proc/self"), System.getProperty("user.name", "")));
        int code =
                JetwayCommand.run(
                        arguments,
                        launch,
                        new StandardStreams(
                                System.in,
                                InterruptibleOutput.to(FileDescriptor.out),
                                InterruptibleOutput.to(FileDescriptor.err)),
                        out,
                        err,
                        (first, source, to) -> start(first, source, to, processors));
        System.exit(code);
    }

    /**
     * Whether the process is root's, by Linux's word or, on other systems, by the user's name.
     *
     * @param self the folder of the process, {@code /proc/self}
     * @param user the name of its user
     */
    static boolean isRoot(Path self, String user) {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(self, "unix:uid"));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return user.equals("root");
        }
    }

    private static RunningServer start(
            Configuration configuration,
            ConfigurationSource source,
            PrintWriter out,
            int processors)
            throws Exception {
        ServerSettings settings = configuration.server();
        ModuleCache modules =
                ServedConfiguration.modules(
                        settings.modules(), settings.modules().cache(), processors);
        JetwayServer server = JetwayServer.start(configuration, source, modules);
        HangUp.onSignal(server);
        var running = new Running(server, modules);
        Runtime.getRuntime().addShutdownHook(new Thread(running::close, "jetway-stop"));
        StartReport.print(server, out);
        return running;
    }

    /** The server as the command line knows it. */
    private record Running(JetwayServer server, ModuleCache modules) implements RunningServer {
        @Override
        public URI uri() {
            return server.uri();
        }

        @Override
        public void awaitStop() throws InterruptedException {
            server.awaitStop();
        }

        @Override
        public void close() {
            server.close();
            modules.close();
        }
    }
}
