package dev.jetway.jetty.embedding;

import dev.jetway.embedding.Dialect;
import dev.jetway.embedding.Folder;
import dev.jetway.embedding.ProgramRoute;
import dev.jetway.embedding.Programs;
import dev.jetway.embedding.RunLimits;
import java.nio.file.Path;
import java.time.Duration;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;

/** The examples of docs/embedding.md, which a test compares with these. */
final class EmbeddingExamples {
    private EmbeddingExamples() {}

    static Server threeLines(int port, Path hello) throws Exception {
        var server = new Server(port);
        server.setHandler(new WagiHandler("/hello", hello));
        server.start();
        return server;
    }

    static Server severalPrograms(int port, Path hello, Path env, Path data, Handler shop)
            throws Exception {
        var programs =
                Programs.of("/hello", hello)
                        .with(
                                ProgramRoute.of("/env/...", env)
                                        .with(Dialect.WAGI)
                                        .withVariable("GREETING", "hello")
                                        .with(new Folder("/data", data, false))
                                        .with(RunLimits.DEFAULT.withTime(Duration.ofSeconds(5))))
                        .withSlots(32);
        var handler = new WagiHandler(programs);
        handler.setHandler(shop); // what no program takes
        var server = new Server(port);
        server.setHandler(handler);
        server.start();
        return server;
    }
}
