package dev.jetway.gateway;

import dev.jetway.admission.Admission;
import dev.jetway.base.ByteSize;
import dev.jetway.failure.ErrorPage;
import dev.jetway.failure.ErrorPages;
import dev.jetway.failure.ErrorPages.Replacement.At;
import dev.jetway.failure.ErrorPages.Replacement.Page;
import dev.jetway.failure.ErrorResponse;
import dev.jetway.failure.Failure;
import dev.jetway.http.Field;
import dev.jetway.http.Redirection;
import dev.jetway.http.RequestHead;
import dev.jetway.http.RequestTarget;
import dev.jetway.route.Route;
import dev.jetway.sandbox.RunReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The end of one request: the response is closed once, and one record leaves. */
final class RequestCompletion {
    private final Exchange exchange;
    private final RunListener listener;
    private final BiConsumer<Exchange, UnaryOperator<Admission>> server;
    private UnaryOperator<Admission> place;
    private final long start = System.nanoTime();
    private ErrorPages pages;
    private @Nullable Route route;
    private @Nullable RunReport report;
    private @Nullable CgiOutput output;
    private Duration waited = Duration.ZERO;
    private long bodyIn;
    private boolean ended;

    /**
     * The end of a request that begins now.
     *
     * @param pages what is shown instead of error pages until a route matches
     * @param place where a request that this one leads to may run
     * @param server serves it
     */
    RequestCompletion(
            Exchange exchange,
            RunListener listener,
            ErrorPages pages,
            UnaryOperator<Admission> place,
            BiConsumer<Exchange, UnaryOperator<Admission>> server) {
        this.exchange = exchange;
        this.listener = listener;
        this.pages = pages;
        this.place = place;
        this.server = server;
    }

    void matched(Route matched) {
        route = matched;
        pages = matched.errorPages();
    }

    /** The request has a place of its own from now on. */
    void admitted(UnaryOperator<Admission> own) {
        place = own;
    }

    UnaryOperator<Admission> place() {
        return place;
    }

    void ran(RunReport ran, Duration waitedBefore, long bodyLength, CgiOutput ranOutput) {
        report = ran;
        waited = waitedBefore;
        bodyIn = bodyLength;
        output = ranOutput;
    }

    void succeeded() {
        end(output == null ? 0 : output.status(), "ok", "", Optional.empty());
        exchange.response().finish();
    }

    /** The exchange goes on elsewhere; this run is told all the same. */
    void redirected() {
        end(0, "local-redirect", "", Optional.empty());
    }

    /** The name of the limit that a failure came of. */
    private Optional<String> limit(Failure failure) {
        return switch (failure) {
            case Failure.Overloaded f -> Optional.of(f.limit());
            case Failure.RateLimited f -> Optional.of(f.limit());
            case Failure.BodyTooLarge f -> Optional.of("request-body");
            case Failure.BodyTooSlow f -> Optional.of("idle-timeout");
            case Failure.TimeLimit f -> Optional.of("time");
            case Failure.CpuLimit f -> Optional.of("cpu-time");
            case Failure.ResponseTooLarge f -> Optional.of("response-body");
            default -> Optional.empty();
        };
    }

    /** After the head has left only the cut connection can say that something is wrong. */
    void failed(Failure failure) {
        if (ended) {
            return;
        }
        ErrorResponse error = ErrorResponse.of(failure);
        boolean cut = !exchange.response().seal();
        boolean nobody = cut || failure instanceof Failure.ClientGone;
        end(nobody ? 0 : error.status(), error.label(), error.detail(), limit(failure));
        if (cut) {
            exchange.response().abort();
        } else {
            show(error);
        }
    }

    private void show(ErrorResponse error) {
        RequestHead head = exchange.head();
        // The page of an error that fails itself is not replaced again.
        var replacement =
                head.redirection().filter(Redirection::isError).isPresent()
                        ? Optional.<ErrorPages.Replacement>empty()
                        : pages.of(error.status());
        switch (replacement.orElseGet(() -> new Page(ErrorPage.of(error, head)))) {
            case Page page -> exchange.response().fail(error.with(kept(head)), page.page());
            case At at -> {
                exchange.response().restart();
                RequestTarget target = RequestTarget.parse(at.target()).orElseThrow();
                RequestHead again = head.sentTo(target, error.status(), error.fields());
                server.accept(new RedirectedExchange(exchange, again), place);
            }
        }
    }

    /** What earlier responses had that sent the request here: a cookie of a log-in. */
    private static List<Field> kept(RequestHead head) {
        return head.redirection()
                .filter(before -> !before.isError())
                .map(Redirection::fields)
                .orElse(List.of());
    }

    /** From the place to the first instruction. */
    private Duration startTime() {
        return report == null || report.startTime().isZero()
                ? Duration.ZERO
                : waited.plus(report.startTime());
    }

    /**
     * The record leaves before the response ends: a client that has its answer finds it counted.
     */
    private void end(int status, String outcome, String detail, Optional<String> limit) {
        ended = true;
        var limits = new ArrayList<String>(0);
        limit.ifPresent(limits::add);
        if (report != null) {
            report.memoryRefusedBy().ifPresent(limits::add);
            limits.addAll(report.otherLimits());
        }
        listener.ended(
                new RunRecord(
                        Optional.ofNullable(route).map(Route::site),
                        Optional.ofNullable(route).map(Route::pattern),
                        exchange.head().method(),
                        status,
                        outcome,
                        detail,
                        limits,
                        Duration.ofNanos(System.nanoTime() - start),
                        startTime(),
                        report == null ? Duration.ZERO : report.wallTime(),
                        report == null ? Duration.ZERO : report.cpuTime(),
                        bodyIn,
                        output == null ? 0 : output.bodyBytes(),
                        report == null ? new ByteSize(0) : report.memory()));
    }
}
