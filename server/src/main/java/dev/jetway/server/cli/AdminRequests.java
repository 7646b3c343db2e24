package dev.jetway.server.cli;

import dev.jetway.base.DurationText;
import dev.jetway.server.admin.HealthHandler;
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

/** {@code jetway reload} and {@code jetway health}: requests to the running server. */
final class AdminRequests {
    /** Maximum time of a reload: new modules may have to be compiled. */
    static final Duration RELOAD_TIMEOUT = Duration.ofMinutes(10);

    /** Maximum time of an answer about health. */
    static final Duration HEALTH_TIMEOUT = Duration.ofSeconds(5);

    private static final int OK = 200;

    private final PrintWriter out;
    private final PrintWriter err;
    private final Duration timeout;

    /**
     * Requests.
     *
     * @param timeout of the server's answer
     */
    AdminRequests(PrintWriter out, PrintWriter err, Duration timeout) {
        this.out = out;
        this.err = err;
        this.timeout = timeout;
    }

    /**
     * Asks the server to read its configuration again, and prints the changes or the faults.
     *
     * @param admin address of the server's metrics
     * @return the exit code
     */
    int reload(ListenAddress admin) throws InterruptedException {
        return answer(
                HttpRequest.newBuilder(uri(admin, ReloadHandler.PATH))
                        .header(ReloadHandler.MARK, "1")
                        .POST(BodyPublishers.noBody()));
    }

    /**
     * Asks the server whether it serves, and prints its answer.
     *
     * @param admin address of the server's metrics
     * @return the exit code
     */
    int health(ListenAddress admin) throws InterruptedException {
        return answer(HttpRequest.newBuilder(uri(admin, HealthHandler.PATH)).GET());
    }

    private static URI uri(ListenAddress admin, String path) {
        String host = admin.host().contains(":") ? "[" + admin.host() + "]" : admin.host();
        return URI.create("http://" + host + ":" + admin.port() + path);
    }

    private int answer(HttpRequest.Builder asked) throws InterruptedException {
        HttpRequest request = asked.timeout(timeout).build();
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
                            + request.uri()
                            + ": is it running, and is this its 'admin-listen'?",
                    e);
        }
    }
}
