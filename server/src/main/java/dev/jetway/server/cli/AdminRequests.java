package dev.jetway.server.cli;

import dev.jetway.base.DurationText;
import dev.jetway.server.admin.ReloadHandler;
import dev.jetway.server.config.ListenAddress;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;

/** {@code jetway reload}: asks the running server to read its configuration again. */
final class ReloadCommand {
    /** Maximum time of a reload: new modules may have to be compiled. */
    static final Duration TIMEOUT = Duration.ofMinutes(10);

    private static final int OK = 200;

    private final PrintWriter out;
    private final PrintWriter err;
    private final Duration timeout;

    /**
     * A command.
     *
     * @param timeout of the server's answer
     */
    ReloadCommand(PrintWriter out, PrintWriter err, Duration timeout) {
        this.out = out;
        this.err = err;
        this.timeout = timeout;
    }

    /**
     * Prints the changes or the faults.
     *
     * @param admin address of the server's metrics
     * @return the exit code
     */
    int run(ListenAddress admin) throws InterruptedException {
        String host = admin.host().contains(":") ? "[" + admin.host() + "]" : admin.host();
        URI uri = URI.create("http://" + host + ":" + admin.port() + ReloadHandler.PATH);
        var request =
                HttpRequest.newBuilder(uri)
                        .timeout(timeout)
                        .header(ReloadHandler.MARK, "1")
                        .POST(BodyPublishers.noBody())
                        .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            boolean done = response.statusCode() == OK;
            (done ? out : err).print(response.body());
            (done ? out : err).flush();
            return done ? 0 : JetwayCommand.ERROR;
        } catch (HttpTimeoutException e) {
            throw new CommandFailure(
                    "the server has not answered for "
                            + DurationText.of(timeout)
                            + ": its log says what came of it",
                    e);
        } catch (IOException e) {
            throw new CommandFailure(
                    "no server answers at "
                            + uri
                            + ": is it running, and is this its 'admin-listen'?",
                    e);
        }
    }
}
