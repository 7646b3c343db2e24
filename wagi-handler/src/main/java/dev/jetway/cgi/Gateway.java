package dev.jetway.cgi;

import dev.jetway.auth.PasswordVerifier;
import dev.jetway.cgi.ServedRoute.Broken;
import dev.jetway.cgi.ServedRoute.Ready;
import dev.jetway.sandbox.GuestRun;
import dev.jetway.sandbox.Invocation;
import dev.jetway.sandbox.Program;
import dev.jetway.sandbox.RunOutcome;
import dev.jetway.sandbox.RunReport;
import dev.jetway.sandbox.Sandbox;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/**
 * The pipeline: request, route, admission, guest, response, record. Safe to share between threads.
 */
public final class Gateway {
    private final GatewaySettings settings;
    private final SiteTable sites;
    private final Gatekeeper gatekeeper;
    private final Sandbox sandbox;
    private final MetaVariables metaVariables;
    private final GuestLog guestLog;
    private final RunListener listener;

    /** A pipeline over these parts; the caller closes them after the last request. */
    public Gateway(
            GatewaySettings settings,
            SiteTable sites,
            PasswordVerifier passwords,
            Sandbox sandbox,
            GuestLog guestLog,
            RunListener listener) {
        this.settings = settings;
        this.sites = sites;
        this.gatekeeper = new Gatekeeper(passwords);
        this.sandbox = sandbox;
        this.metaVariables = new MetaVariables(settings.identity());
        this.guestLog = guestLog;
        this.listener = listener;
    }

    /** Serves one request; returns at once, whatever the guest takes. */
    public void serve(Exchange exchange) {
        serve(exchange, UnaryOperator.identity());
    }

    private void serve(Exchange exchange, UnaryOperator<Admission> place) {
        var end = new Ending(exchange, listener, settings.errorPages(), place, this::serve);
        Optional<RouteMatch> match =
                sites.find(exchange.head().authority(), exchange.head().path());
        if (match.isEmpty()) {
            end.failed(new Failure.NoRoute());
            return;
        }
        end.matched(match.get().route());
        switch (match.get().served()) {
            case Broken broken -> end.failed(new Failure.ModuleUnavailable(broken.reason()));
            case Ready ready -> {
                Admission admission = place.apply(ready.admission());
                Optional<Failure> refused =
                        wrongPath(match.get(), exchange.head().path())
                                .<Failure>map(Failure.BadRequest::new)
                                .or(admission::enter);
                if (refused.isPresent()) {
                    end.failed(refused.get());
                } else {
                    var visit = new Visit(exchange, ready.program(), admission, end);
                    // Before the body: who may not come in must not fill the disk either.
                    gatekeeper.check(
                            exchange.head(),
                            match.get().route().access(),
                            who -> collect(visit, match.get().of(who)),
                            end::failed);
                }
            }
        }
    }

    private static Optional<String> wrongPath(RouteMatch match, String path) {
        if (match.route().rules().encodedSlashes() == EncodedSlashes.REFUSE
                && PathText.hasEncodedSlash(path)) {
            return Optional.of("an encoded slash in the path");
        }
        // Whatever the route makes of encoded slashes, a guest that decodes again is safe too.
        return PathText.isSafe(PathText.decode(match.rawPathInfo()))
                ? Optional.empty()
                : Optional.of("NUL or .. in the path");
    }

    /** One request on its way to its guest. */
    private record Visit(Exchange exchange, Program program, Admission admission, Ending end) {}

    private void collect(Visit visit, RouteMatch match) {
        Ending end = visit.end();
        var limits = new BodyLimits(match.route().traffic().requestBody(), settings.bodyMemory());
        if (match.route().rules().streamBody()) {
            RequestBody body = visit.exchange().streamBody(limits);
            body.failure().ifPresentOrElse(end::failed, () -> admit(visit, match, body));
        } else {
            visit.exchange().collectBody(limits, body -> admit(visit, match, body), end::failed);
        }
    }

    private void admit(Visit visit, RouteMatch match, RequestBody body) {
        visit.admission()
                .admit(
                        place -> run(visit, match, body, place),
                        failure -> {
                            body.close();
                            visit.end().failed(failure);
                        });
    }

    /** On a thread for guests. */
    private void run(Visit visit, RouteMatch match, RequestBody body, Place place) {
        Optional<String> redirect = Optional.empty();
        Exchange exchange = visit.exchange();
        Ending end = visit.end();
        end.admitted(own(place));
        var evicted = new AtomicReference<Failure>();
        var wait = new ParkedWait(place);
        try (body;
                OutputStream stderr = guestLog.open(match.route());
                var stdin = body.open(wait)) {
            var output = output(exchange, match);
            GuestRun run =
                    sandbox.prepare(
                            visit.program(),
                            new Invocation(
                                    Arguments.of(exchange.head(), match.route()),
                                    metaVariables.of(exchange.head(), match, body.length()),
                                    stdin,
                                    output,
                                    stderr,
                                    () -> pulse(exchange, place)));
            wait.of(run);
            exchange.response().waitThrough(wait);
            exchange.onClientGone(run::cancel);
            place.onEviction(failure -> {
                evicted.set(failure);
                run.cancel();
            });
            RunReport report = run.execute();
            end.ran(report, body.received(), output);
            redirect = conclude(report, body, output, Optional.ofNullable(evicted.get()), end);
        } catch (IOException | UncheckedIOException e) {
            end.failed(new Failure.HostFault("request body or log: " + e));
        } catch (RuntimeException | Error e) {
            end.failed(new Failure.HostFault(e.toString()));
            throw e;
        }
        redirect.ifPresent(target -> redirect(exchange, target, end));
    }

    private static UnaryOperator<Admission> own(Place place) {
        Thread thread = Thread.currentThread();
        return route -> new SamePlace(route, place, thread);
    }

    private static void pulse(Exchange exchange, Place place) {
        exchange.pulse();
        place.pulse();
    }

    private CgiOutput output(Exchange exchange, RouteMatch match) {
        return new CgiOutput(
                settings.responseHead(),
                match.route().traffic().responseBody(),
                match.route().rules(),
                exchange.response(),
                exchange.head().redirection().filter(Redirection::isError),
                exchange.head().method().toUpperCase(Locale.ROOT).equals("HEAD"));
    }

    /** Ends the exchange, unless the guest sent the request elsewhere: then says where. */
    private static Optional<String> conclude(
            RunReport report,
            RequestBody body,
            CgiOutput output,
            Optional<Failure> evicted,
            Ending end) {
        if (output.isOverLimit()) {
            end.failed(new Failure.ResponseTooLarge(output.bodyLimit()));
            return Optional.empty();
        }
        if (output.invalid() != null) {
            end.failed(new Failure.InvalidResponse(output.invalid()));
            return Optional.empty();
        }
        if (body.failure().isPresent()) {
            end.failed(body.failure().get());
            return Optional.empty();
        }
        switch (report.outcome()) {
            case RunOutcome.Exited exited when output.localRedirect().isPresent() -> {
                return output.localRedirect();
            }
            case RunOutcome.Exited exited when output.isShort() ->
                    end.failed(new Failure.InvalidResponse("body shorter than its Content-Length"));
            case RunOutcome.Exited exited when output.hasHead() -> end.succeeded();
            case RunOutcome.Exited exited -> end.failed(new Failure.NoResponse(exited.code()));
            case RunOutcome.Trapped trapped ->
                    end.failed(new Failure.Trapped(reason(trapped, report)));
            case RunOutcome.TimeLimitReached late ->
                    end.failed(new Failure.TimeLimit(late.limit()));
            case RunOutcome.CpuLimitReached busy -> end.failed(new Failure.CpuLimit(busy.limit()));
            case RunOutcome.Cancelled cancelled ->
                    end.failed(evicted.orElseGet(Failure.ClientGone::new));
            case RunOutcome.HostMemoryExhausted none ->
                    end.failed(
                            new Failure.Overloaded(
                                    none.limit(),
                                    "no memory left on the host",
                                    GuestPool.RETRY_AFTER));
        }
        return Optional.empty();
    }

    /** A local redirect starts again at the first stage, as a new request. */
    private void redirect(Exchange exchange, String target, Ending end) {
        RequestHead head = exchange.head().redirectedTo(target);
        int depth = head.redirection().map(Redirection::depth).orElse(0);
        Optional<String> path = PathText.withoutDotSegments(head.path());
        if (depth > Redirection.MAX_DEPTH) {
            end.failed(
                    new Failure.InvalidResponse(
                            "more than " + Redirection.MAX_DEPTH + " local redirects"));
        } else if (path.isEmpty() || !path.get().equals(head.path())) {
            end.failed(new Failure.InvalidResponse("a local redirect with dot segments"));
        } else {
            end.redirected();
            serve(new RedirectedExchange(exchange, head), end.place());
        }
    }

    private static String reason(RunOutcome.Trapped trapped, RunReport report) {
        String trap = trapped.reason();
        return report.memoryRefusedBy()
                .map(limit ->
                        trap + " (no more memory than " + report.memory() + ": " + limit + ")")
                .orElse(trap);
    }
}
