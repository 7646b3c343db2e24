package dev.jetway.cgi;

import dev.jetway.sandbox.RunReport;
import dev.jetway.unit.ByteSize;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The end of one request: the response is closed once, and one record leaves. */
final class Ending {
    private final Exchange exchange;
    private final RunListener listener;
    private final long start;
    private @Nullable Route route;
    private @Nullable RunReport report;
    private @Nullable CgiOutput output;
    private long bodyIn;
    private boolean ended;

    Ending(Exchange exchange, RunListener listener, long start) {
        this.exchange = exchange;
        this.listener = listener;
        this.start = start;
    }

    void matched(Route matched) {
        route = matched;
    }

    void ran(RunReport ran, long bodyLength, CgiOutput ranOutput) {
        report = ran;
        bodyIn = bodyLength;
        output = ranOutput;
    }

    void succeeded() {
        end(output == null ? 0 : output.status(), "ok", "");
        exchange.response().finish();
    }

    /** The exchange goes on elsewhere; this run is told all the same. */
    void redirected() {
        end(0, "local-redirect", "");
    }

    /** After the head has left only the cut connection can say that something is wrong. */
    void failed(Failure failure) {
        if (ended) {
            return;
        }
        ErrorResponse error = ErrorResponse.of(failure);
        boolean cut = !exchange.response().seal();
        boolean nobody = cut || failure instanceof Failure.ClientGone;
        end(nobody ? 0 : error.status(), error.label(), error.detail());
        if (cut) {
            exchange.response().abort();
        } else {
            exchange.response().fail(error, ErrorPage.of(error, exchange.head()));
        }
    }

    /**
     * The record leaves before the response ends: a client that has its answer finds it counted.
     */
    private void end(int status, String outcome, String detail) {
        ended = true;
        listener.ended(
                new RunRecord(
                        Optional.ofNullable(route).map(Route::pattern),
                        exchange.head().method(),
                        status,
                        outcome,
                        detail,
                        Duration.ofNanos(System.nanoTime() - start),
                        report == null ? Duration.ZERO : report.wallTime(),
                        bodyIn,
                        output == null ? 0 : output.bodyBytes(),
                        report == null ? new ByteSize(0) : report.memory()));
    }
}
