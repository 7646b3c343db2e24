package dev.jetway.server;

import dev.jetway.admission.GuestScheduler;
import dev.jetway.admission.SchedulerLimits;
import dev.jetway.admission.SiteAccount;
import dev.jetway.auth.PasswordVerifier;
import dev.jetway.base.ByteSize;
import dev.jetway.cgi.ServerIdentity;
import dev.jetway.failure.ErrorPages;
import dev.jetway.files.ContentCache;
import dev.jetway.files.ContentLimits;
import dev.jetway.gateway.Gateway;
import dev.jetway.gateway.GatewaySettings;
import dev.jetway.gateway.ProgramSource;
import dev.jetway.gateway.RunRecord;
import dev.jetway.gateway.ServedFolder;
import dev.jetway.gateway.ServedModule;
import dev.jetway.gateway.ServedRefusal;
import dev.jetway.gateway.ServedRoute;
import dev.jetway.gateway.ServedScript;
import dev.jetway.http.ProxyChain;
import dev.jetway.jetty.GatewayHandler;
import dev.jetway.module.ModuleCache;
import dev.jetway.module.ModuleCacheSettings;
import dev.jetway.route.Action.Refuse;
import dev.jetway.route.ModuleRoute;
import dev.jetway.route.Route;
import dev.jetway.route.RunModule;
import dev.jetway.route.RunScript;
import dev.jetway.route.ScriptHandler;
import dev.jetway.route.ServeFolder;
import dev.jetway.route.SiteTable;
import dev.jetway.sandbox.Program;
import dev.jetway.sandbox.Resources;
import dev.jetway.sandbox.Sandbox;
import dev.jetway.sandbox.host.HostModules;
import dev.jetway.sandbox.wasi.WasiModule;
import dev.jetway.server.config.Configuration;
import dev.jetway.server.config.ConfigurationReader;
import dev.jetway.server.http.Listeners;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.LifeCycle;

/** The pipeline on the real connectors, with routes of a test. */
final class FolderServer implements AutoCloseable {
    private static final ModuleCache MODULES =
            new ModuleCache(
                    ModuleCacheSettings.in(
                            Optional.of(Path.of("target", "test-modules").toAbsolutePath()), 2));

    private final BlockingQueue<RunRecord> records = new LinkedBlockingQueue<>();
    private final Sandbox sandbox = new Sandbox(HostModules.of(new WasiModule()), () -> false);
    private final PasswordVerifier passwords =
            new PasswordVerifier(1, InstantSource.system(), new SecureRandom());
    private final GuestScheduler scheduler =
            new GuestScheduler(new SchedulerLimits(8, 100, Duration.ofSeconds(30), 100, 0));
    private final Server server;

    /** Starts the server; the scratch folder holds its own files. */
    FolderServer(Path scratch, ErrorPages pages, List<Route> routes) throws Exception {
        var served = new ArrayList<ServedRoute>();
        for (Route route : routes) {
            served.add(served(route));
        }
        var sites = new SiteTable<ServedRoute>(served, pages);
        var gateway =
                new Gateway(
                        new GatewaySettings(
                                new ServerIdentity("Jetway/1", Optional.empty()),
                                ByteSize.ofKibibytes(64),
                                ByteSize.ofKibibytes(64)),
                        () -> sites,
                        passwords,
                        sandbox,
                        records::add);
        server =
                Listeners.server(
                        configuration(scratch, "hello.wasm", "").server(), Optional.empty());
        server.setHandler(
                new GatewayHandler(
                        gateway,
                        () -> new ProxyChain(_ -> false),
                        scratch,
                        new ContentCache(ContentLimits.DEFAULT, InstantSource.system()),
                        () -> false));
        server.start();
    }

    /**
     * A route at {@code /x} that runs an example with default settings and those in {@code more}.
     */
    static RunModule example(Path scratch, String module, String more) throws Exception {
        return (RunModule) configuration(scratch, module, more).routes().getFirst().action();
    }

    private static Configuration configuration(Path scratch, String module, String more)
            throws Exception {
        Path file = TestServer.examples().resolve(module);
        Files.writeString(
                scratch.resolve("jetway.toml"),
                """
                [server]
                listen = "127.0.0.1:0"
                admin-listen = "127.0.0.1:0"
                [[route]]
                path = "/x"
                module = "%s"
                %s
                """
                        .formatted(file, more));
        return new ConfigurationReader(scratch, 2).read(scratch);
    }

    private ServedRoute served(Route route) throws Exception {
        return switch (route.action()) {
            case RunModule module -> module(route, module);
            case RunScript script ->
                    new ServedScript(script, module(route, script.handler().run()));
            case ServeFolder folder -> {
                Map<String, ServedModule> scripts = new HashMap<>();
                for (ScriptHandler handler : folder.handlers()) {
                    ServedModule module = module(route, handler.run());
                    handler.extensions().forEach(e -> scripts.put(e, module));
                }
                Map<String, ServedModule> programs = new HashMap<>();
                for (var program : folder.programs().entrySet()) {
                    programs.put(program.getKey(), module(route, program.getValue()));
                }
                yield new ServedFolder(route, folder, scripts, programs);
            }
            case Refuse refuse -> new ServedRefusal(route, refuse);
        };
    }

    private ServedModule module(Route route, RunModule run) throws Exception {
        Program program =
                Program.prepare(
                        MODULES.load(run.module()).module(),
                        run.guests(sandbox.services()),
                        Resources.unlimited());
        SiteAccount account = scheduler.account(route.site().share());
        return new ServedModule(
                new ModuleRoute(route, run),
                scheduler.admission(account, run.traffic().share()),
                (ready, _) -> ready.accept(new ProgramSource.Ready(run, program)),
                _ -> OutputStream.nullOutputStream());
    }

    URI uri() {
        return Listeners.uri(server.getConnectors()[0]);
    }

    /** The record of the next request that has ended. */
    RunRecord record() throws InterruptedException {
        RunRecord next = records.poll(20, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("no record");
        }
        return next;
    }

    /** The number of records that no test has taken. */
    int records() {
        return records.size();
    }

    /** Sends one request over HTTP/1.1 and reads to the end of its connection. */
    Answer ask(String method, String target, String... fields) throws IOException {
        return ask(method, target, new byte[0], fields);
    }

    Answer ask(String method, String target, byte[] body, String... fields) throws IOException {
        var head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        head.append("Host: localhost\r\nConnection: close\r\n");
        for (String field : fields) {
            head.append(field).append("\r\n");
        }
        if (body.length > 0) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        try (var socket = new Socket(uri().getHost(), uri().getPort())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
            out.write(body);
            out.flush();
            byte[] all = socket.getInputStream().readAllBytes();
            return Answer.of(new String(all, StandardCharsets.ISO_8859_1));
        }
    }

    /**
     * An answer; each byte of its body is a character.
     *
     * @param head the status line and the fields
     */
    record Answer(int status, String head, String body) {
        private static Answer of(String text) {
            int end = text.indexOf("\r\n\r\n");
            String head = text.substring(0, end + 2);
            return new Answer(Integer.parseInt(head.split(" ", 3)[1]), head, TestServer.body(text));
        }

        /** The value of a field; empty if there is none. */
        String field(String name) {
            return head.lines()
                    .skip(1)
                    .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }
    }

    @Override
    public void close() {
        LifeCycle.stop(server);
        scheduler.close();
        passwords.close();
        sandbox.close();
    }
}
