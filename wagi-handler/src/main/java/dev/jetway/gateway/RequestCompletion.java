package dev.jetway.gateway;

import dev.jetway.base.ByteSize;
import dev.jetway.failure.ErrorPage;
import dev.jetway.failure.ErrorPages;
import dev.jetway.failure.ErrorPages.Replacement.At;
import dev.jetway.failure.ErrorPages.Replacement.Page;
import dev.jetway.failure.ErrorResponse;
import dev.jetway.failure.Failure;
import dev.jetway.failure.Limit;
import dev.jetway.failure.Outcome;
import dev.jetway.http.Field;
import dev.jetway.http.Redirection;
import dev.jetway.http.RequestHead;
import dev.jetway.http.RequestTarget;
import dev.jetway.route.Identity;
import dev.jetway.route.Route;
import dev.jetway.sandbox.RunReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Ends one pass: ends the response once and emits one record. */
final class RequestCompletion {
    private final Exchange exchange;
    private final RunListener listener;
    private final long start = System.nanoTime();
    private Optional<HeldSlot> slot;
    private ErrorPages pages;
    private @Nullable Route route;
    private Optional<String> user = Optional.empty();
    private @Nullable RunReport report;
    private @Nullable CgiOutput output;
    private Duration waited = Duration.ZERO;
    private long bodyIn;
    private OptionalLong pageBytes = OptionalLong.empty();
    private long bodyOut;
    private boolean ended;

    /**
     * The completion of a pass that begins now.
     *
     * @param pages replacements of error pages until a route matches
     */
    RequestCompletion(Attempt attempt, RunListener listener, ErrorPages pages) {
        this.exchange = attempt.exchange();
        this.slot = attempt.slot();
        this.listener = listener;
        this.pages = pages;
    }

    void matched(Route matched) {
        route = matched;
        pages = matched.errorPages();
    }

    /** Notes the authenticated client, if the route demands one. */
    void authorised(Optional<Identity> client) {
        user = client.flatMap(Identity::user);
    }

    /** Notes the slot of the request. */
    void admitted(HeldSlot own) {
        slot = Optional.of(own);
    }

    void ran(RunReport ran, Duration waitedBefore, long bodyLength, CgiOutput ranOutput) {
        report = ran;
        waited = waitedBefore;
        bodyIn = bodyLength;
        output = ranOutput;
    }

    /** Counts bytes of a file's body that have been sent. */
    void sent(long bytes) {
        bodyOut = bytes;
    }

    /**
     * Ends the pass, once.
     *
     * @return the request to serve next, if there is one
     */
    Optional<Attempt> end(Step step) {
        if (ended) {
            return Optional.empty();
        }
        ended = true;
        return switch (step) {
            case Step.Done _ -> {
                record(
                        output == null ? 0 : output.status(),
                        Outcome.OK,
                        "",
                        Optional.empty(),
                        false);
                exchange.response().finish();
                yield Optional.empty();
            }
            case Step.Answered answered -> {
                record(answered.head().status(), Outcome.OK, "", Optional.empty(), false);
                exchange.response().start(answered.head());
                exchange.response().finish();
                yield Optional.empty();
            }
            case Step.Sent sent -> {
                bodyOut = sent.bytes();
                record(sent.status(), Outcome.OK, "", Optional.empty(), false);
                yield Optional.empty();
            }
            case Step.Again again -> {
                record(0, Outcome.LOCAL_REDIRECT, "", Optional.empty(), true);
                yield attempt(again.head());
            }
            case Step.Failed failed -> failed(failed.failure());
        };
    }

    /**
     * Answers a failure. After the head has been sent, only a cut connection tells the client of
     * it.
     */
    private Optional<Attempt> failed(Failure failure) {
        ErrorResponse error = ErrorResponse.of(failure);
        boolean cut = !exchange.response().seal();
        boolean nobody = cut || failure instanceof Failure.ClientGone;
        ErrorPages.Replacement shown = replacement(error);
        if (!nobody && shown instanceof Page page) {
            pageBytes = OptionalLong.of(isHead() ? 0 : page.page().bytes().length);
        }
        record(
                nobody ? 0 : error.status(),
                error.outcome(),
                error.detail(),
                failure.limitHit(),
                !cut && shown instanceof At);
        if (cut) {
            exchange.response().abort();
            return Optional.empty();
        }
        return show(error, shown);
    }

    private boolean isHead() {
        RequestHead head = exchange.head();
        return head.redirection().map(Redirection::method).orElse(head.method()).equals("HEAD");
    }

    /** Bytes of the body that was sent: an error page takes the place of a guest's output. */
    private long sentBytes() {
        return pageBytes.orElse(output == null ? bodyOut : output.bodyBytes());
    }

    /**
     * The replacement of the error page, or our own. An error page that fails is not replaced
     * again.
     */
    private ErrorPages.Replacement replacement(ErrorResponse error) {
        RequestHead head = exchange.head();
        Optional<ErrorPages.Replacement> replaced =
                head.redirection().filter(Redirection::isError).isPresent()
                        ? Optional.empty()
                        : pages.of(error.status());
        return replaced.orElseGet(() -> new Page(ErrorPage.of(error, head)));
    }

    private Optional<Attempt> show(ErrorResponse error, ErrorPages.Replacement shown) {
        RequestHead head = exchange.head();
        return switch (shown) {
            case Page page -> {
                exchange.response()
                        .fail(error.with(kept(head)).with(List.of(id(head))), page.page());
                yield Optional.empty();
            }
            case At at -> {
                exchange.response().restart();
                RequestTarget target = RequestTarget.parse(at.target()).orElseThrow();
                yield attempt(head.sentTo(target, error.status(), error.fields()));
            }
        };
    }

    /** The id of the request in the site's error log. */
    private static Field id(RequestHead head) {
        return new Field("X-Request-Id", head.id());
    }

    /** Fields of the redirecting responses before, for example a log-in's cookie. */
    private static List<Field> kept(RequestHead head) {
        return head.redirection()
                .filter(before -> !before.isError())
                .map(Redirection::fields)
                .orElse(List.of());
    }

    private Optional<Attempt> attempt(RequestHead head) {
        return Optional.of(new Attempt(new RedirectedExchange(exchange, head), slot));
    }

    /** Time from the slot to the first instruction. */
    private Duration startTime() {
        return report == null || report.startTime().isZero()
                ? Duration.ZERO
                : waited.plus(report.startTime());
    }

    /**
     * Emits the record, before the response ends: a client that has its answer finds it counted.
     */
    private void record(
            int status, Outcome outcome, String detail, Optional<Limit> limit, boolean goesOn) {
        var limits = new ArrayList<Limit>(0);
        limit.ifPresent(limits::add);
        if (report != null) {
            report.memoryRefusedBy().flatMap(Limit::labelled).ifPresent(limits::add);
            for (String name : report.otherLimits()) {
                Limit.labelled(name).ifPresent(limits::add);
            }
        }
        listener.ended(
                new RunRecord(
                        Optional.ofNullable(route).map(Route::site),
                        Optional.ofNullable(route).map(Route::pattern),
                        exchange.head(),
                        user,
                        goesOn,
                        status,
                        outcome,
                        detail,
                        limits,
                        Duration.ofNanos(System.nanoTime() - start),
                        startTime(),
                        report == null ? Duration.ZERO : report.wallTime(),
                        report == null ? Duration.ZERO : report.cpuTime(),
                        bodyIn,
                        sentBytes(),
                        report == null ? new ByteSize(0) : report.memory()));
    }
}
