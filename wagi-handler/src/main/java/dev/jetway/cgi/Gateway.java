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

/**
 * The pipeline: request, route, admission, guest, response, record. Safe to share between threads.
 */
public final class Gateway {
    private final GatewaySettings settings;
    private final RouteTable routes;
    private final Gatekeeper gatekeeper;
    private final Admission admission;
    private final Sandbox sandbox;
    private final MetaVariables metaVariables;
    private final GuestLog guestLog;
    private final RunListener listener;

    /** A pipeline over these parts; the caller closes them after the last request. */
    public Gateway(
            GatewaySettings settings,
            RouteTable routes,
            PasswordVerifier passwords,
            Admission admission,
            Sandbox sandbox,
            GuestLog guestLog,
            RunListener listener) {
        this.settings = settings;
        this.routes = routes;
        this.gatekeeper = new Gatekeeper(passwords);
        this.admission = admission;
        this.sandbox = sandbox;
        this.metaVariables = new MetaVariables(settings.identity());
        this.guestLog = guestLog;
        this.listener = listener;
    }

    /** Serves one request; returns at once, whatever the guest takes. */
    public void serve(Exchange exchange) {
        serve(exchange, admission);
    }

    private void serve(Exchange exchange, Admission place) {
        var end = new Ending(exchange, listener, settings.errorPages(), place, this::serve);
        Optional<RouteMatch> match = routes.find(exchange.head().path());
        if (match.isEmpty()) {
            end.failed(new Failure.NoRoute());
            return;
        }
        end.matched(match.get().route());
        switch (match.get().served()) {
            case Broken broken -> end.failed(new Failure.ModuleUnavailable(broken.reason()));
            case Ready ready -> {
                Optional<String> wrong = wrongPath(match.get(), exchange.head().path());
                if (wrong.isPresent()) {
                    end.failed(new Failure.BadRequest(wrong.get()));
                } else {
                    // Before the body: who may not come in must not fill the disk either.
                    gatekeeper.check(
                            exchange.head(),
                            match.get().route().access(),
                            who -> collect(exchange, match.get().of(who), ready.program(), end),
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

    private void collect(Exchange exchange, RouteMatch match, Program program, Ending end) {
        if (match.route().rules().streamBody()) {
            RequestBody body = exchange.streamBody(settings.body());
            body.failure()
                    .ifPresentOrElse(end::failed, () -> admit(exchange, match, program, body, end));
        } else {
            exchange.collectBody(
                    settings.body(),
                    body -> admit(exchange, match, program, body, end),
                    end::failed);
        }
    }

    private void admit(
            Exchange exchange, RouteMatch match, Program program, RequestBody body, Ending end) {
        end.place()
                .admit(
                        () -> run(exchange, match, program, body, end),
                        retryAfter -> {
                            body.close();
                            end.failed(
                                    new Failure.Overloaded(
                                            "no thread for guests became free in time",
                                            retryAfter));
                        });
    }

    /** On a thread for guests. */
    private void run(
            Exchange exchange, RouteMatch match, Program program, RequestBody body, Ending end) {
        Optional<String> redirect = Optional.empty();
        end.admitted(new SamePlace(admission, Thread.currentThread()));
        var wait = new ParkedWait(admission);
        try (body;
                OutputStream stderr = guestLog.open(match.route());
                var stdin = body.open(wait)) {
            var output = output(exchange, match);
            GuestRun run =
                    sandbox.prepare(
                            program,
                            new Invocation(
                                    Arguments.of(exchange.head(), match.route()),
                                    metaVariables.of(exchange.head(), match, body.length()),
                                    stdin,
                                    output,
                                    stderr,
                                    exchange::pulse));
            wait.of(run);
            exchange.response().waitThrough(wait);
            exchange.onClientGone(run::cancel);
            RunReport report = run.execute();
            end.ran(report, body.received(), output);
            redirect = conclude(report, body, output, end);
        } catch (IOException | UncheckedIOException e) {
            end.failed(new Failure.HostFault("request body or log: " + e));
        } catch (RuntimeException | Error e) {
            end.failed(new Failure.HostFault(e.toString()));
            throw e;
        }
        redirect.ifPresent(target -> redirect(exchange, target, end));
    }

    private CgiOutput output(Exchange exchange, RouteMatch match) {
        return new CgiOutput(
                settings.responseHead(),
                match.route().rules(),
                exchange.response(),
                exchange.head().redirection().filter(Redirection::isError),
                exchange.head().method().toUpperCase(Locale.ROOT).equals("HEAD"));
    }

    /** Ends the exchange, unless the guest sent the request elsewhere: then says where. */
    private static Optional<String> conclude(
            RunReport report, RequestBody body, CgiOutput output, Ending end) {
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
            case RunOutcome.Cancelled cancelled -> end.failed(new Failure.ClientGone());
            case RunOutcome.HostMemoryExhausted none ->
                    end.failed(
                            new Failure.Overloaded(
                                    "no memory left on the host", GuestPool.RETRY_AFTER));
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
        return report.memoryLimitReached()
                ? trap + " (memory limit of " + report.memory() + " reached)"
                : trap;
    }
}
