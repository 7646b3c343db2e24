package dev.jetway.gateway;

import dev.jetway.admission.Admission;
import dev.jetway.admission.GuestScheduler;
import dev.jetway.admission.InheritedSlot;
import dev.jetway.admission.Slot;
import dev.jetway.admission.SlotParking;
import dev.jetway.auth.PasswordVerifier;
import dev.jetway.cgi.Arguments;
import dev.jetway.cgi.MetaVariables;
import dev.jetway.failure.ErrorPages;
import dev.jetway.failure.Failure;
import dev.jetway.http.Field;
import dev.jetway.http.PathText;
import dev.jetway.http.Redirection;
import dev.jetway.http.RequestHead;
import dev.jetway.http.RequestTarget;
import dev.jetway.route.BodyLimits;
import dev.jetway.route.EncodedSlashes;
import dev.jetway.route.Found;
import dev.jetway.route.HttpRules;
import dev.jetway.route.RouteMatch;
import dev.jetway.route.RouteTable;
import dev.jetway.route.RunModule;
import dev.jetway.route.Site;
import dev.jetway.route.SiteTable;
import dev.jetway.sandbox.GuestRun;
import dev.jetway.sandbox.Invocation;
import dev.jetway.sandbox.RunOutcome;
import dev.jetway.sandbox.RunReport;
import dev.jetway.sandbox.Sandbox;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The pipeline: request, route, admission, guest, response, record. Safe to share between threads.
 */
public final class Gateway {
    private final GatewaySettings settings;
    private final Supplier<SiteTable<ServedRoute>> sites;
    private final Authenticator gatekeeper;
    private final Sandbox sandbox;
    private final MetaVariables metaVariables;
    private final GuestLog guestLog;
    private final RunListener listener;

    /**
     * A pipeline over these parts; the caller closes them after the last request.
     *
     * @param sites the table that holds for a request which comes now
     */
    public Gateway(
            GatewaySettings settings,
            Supplier<SiteTable<ServedRoute>> sites,
            PasswordVerifier passwords,
            Sandbox sandbox,
            GuestLog guestLog,
            RunListener listener) {
        this.settings = settings;
        this.sites = sites;
        this.gatekeeper = new Authenticator(passwords);
        this.sandbox = sandbox;
        this.metaVariables = new MetaVariables(settings.identity());
        this.guestLog = guestLog;
        this.listener = listener;
    }

    /** Serves one request; returns at once, whatever the guest takes. */
    public void serve(Exchange exchange) {
        serve(exchange, UnaryOperator.identity());
    }

    /**
     * Runs a program that has just been loaded for a request of the server's own: no rate counts it
     * and nobody is asked who he is. Returns at once; the exchange's response ends.
     */
    public void warmUp(ServedModule served, ProgramSource.Ready ready, Exchange exchange) {
        UnaryOperator<Admission> place = UnaryOperator.identity();
        var end =
                new RequestCompletion(
                        exchange, listener, settings.errorPages(), place, this::serve);
        end.matched(served.route());
        String path = exchange.head().path();
        Optional<RouteMatch> match =
                new RouteTable<>(List.of(served)).find(exchange.head().target()).map(Found::match);
        Optional<Failure> wrong =
                match.isEmpty()
                        ? Optional.of(new Failure.NoRoute())
                        : wrongPath(served.configured().action(), path)
                                .map(Failure.BadRequest::new);
        if (wrong.isPresent()) {
            end.failed(wrong.get());
        } else {
            collect(new Visit(exchange, ready, served.admission(), end), match.orElseThrow());
        }
    }

    /** Answers a request that was refused before the pipeline, with the page of its site. */
    public void refuse(Exchange exchange, Failure failure) {
        UnaryOperator<Admission> place = UnaryOperator.identity();
        new RequestCompletion(exchange, listener, pages(sites.get(), exchange), place, this::serve)
                .failed(failure);
    }

    private ErrorPages pages(SiteTable<ServedRoute> table, Exchange exchange) {
        return table.site(exchange.head().authority())
                .map(Site::errorPages)
                .orElse(settings.errorPages());
    }

    private void serve(Exchange exchange, UnaryOperator<Admission> place) {
        SiteTable<ServedRoute> table = sites.get();
        Optional<Found<ServedRoute>> found =
                table.find(exchange.head().authority(), exchange.head().target());
        ErrorPages pages = found.isEmpty() ? pages(table, exchange) : settings.errorPages();
        var end = new RequestCompletion(exchange, listener, pages, place, this::serve);
        if (found.isEmpty()) {
            end.failed(new Failure.NoRoute());
            return;
        }
        RouteMatch match = found.get().match();
        end.matched(match.route());
        switch (found.get().target()) {
            case ServedModule module ->
                    enter(exchange, match, module, place.apply(module.admission()), end);
        }
    }

    private void enter(
            Exchange exchange,
            RouteMatch match,
            ServedModule module,
            Admission admission,
            RequestCompletion end) {
        Optional<Failure> refused =
                wrongPath(module.configured().action(), exchange.head().path())
                        .<Failure>map(Failure.BadRequest::new)
                        .or(() ->
                                wrongMethod(module.configured().action(), exchange.head().method()))
                        .or(admission::enter);
        if (refused.isPresent()) {
            end.failed(refused.get());
            return;
        }
        // Authenticate before loading the module or spooling the body.
        gatekeeper.check(
                exchange.head(),
                match.route().access(),
                client ->
                        module.source()
                                .ask(
                                        ready ->
                                                collect(
                                                        new Visit(exchange, ready, admission, end),
                                                        match.of(client)),
                                        end::failed),
                end::failed);
    }

    private static Optional<String> wrongPath(RunModule action, String path) {
        if (action.rules().encodedSlashes() == EncodedSlashes.REFUSE
                && PathText.hasEncodedSlash(path)) {
            return Optional.of("an encoded slash in the path");
        }
        // Whatever the route makes of encoded slashes, a guest that decodes again is safe too.
        return PathText.isSafe(PathText.decode(path))
                ? Optional.empty()
                : Optional.of("NUL or .. in the path");
    }

    private static Optional<Failure> wrongMethod(RunModule action, String method) {
        HttpRules rules = action.rules().http();
        return rules.allows(method)
                ? Optional.empty()
                : Optional.of(new Failure.MethodNotAllowed(rules.allow()));
    }

    /** One request on its way to its guest. */
    private record Visit(
            Exchange exchange,
            ProgramSource.Ready ready,
            Admission admission,
            RequestCompletion end) {
        RunModule action() {
            return ready.action();
        }
    }

    private void collect(Visit visit, RouteMatch match) {
        RequestCompletion end = visit.end();
        var limits = new BodyLimits(visit.action().traffic().requestBody(), settings.bodyMemory());
        if (visit.action().rules().streamBody()) {
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
    private void run(Visit visit, RouteMatch match, RequestBody body, Slot place) {
        Exchange exchange = visit.exchange();
        RequestCompletion end = visit.end();
        end.admitted(own(place));
        try {
            var streams = new Streams(body, guestLog.open(match.route()));
            var output = output(exchange, visit.action());
            var evicted = new AtomicReference<Failure>();
            GuestRun run = prepare(visit, match, streams, output, place);
            exchange.onClientGone(run::cancel, visit.action().rules().http().halfClosedTime());
            place.onEviction(failure -> {
                evicted.set(failure);
                run.cancel();
            });
            long waited = System.nanoTime() - place.since();
            RunReport report = run.execute();
            place.complete(() ->
                    orCut(
                            exchange,
                            () -> {
                                end.ran(report, Duration.ofNanos(waited), body.received(), output);
                                finish(
                                        visit,
                                        streams,
                                        conclusion(report, body, output, evicted.get()));
                            }));
        } catch (IOException | UncheckedIOException e) {
            body.close();
            end.failed(new Failure.HostFault("request body or log: " + e));
        } catch (RuntimeException | Error e) {
            body.close();
            orCut(exchange, () -> end.failed(new Failure.HostFault(e.toString())));
            throw e;
        }
    }

    /** Whatever goes wrong at the end, no client waits for an answer that does not come. */
    private static void orCut(Exchange exchange, Runnable end) {
        try {
            end.run();
        } catch (RuntimeException | Error e) {
            exchange.response().abort();
            throw e;
        }
    }

    private GuestRun prepare(
            Visit visit, RouteMatch match, Streams streams, CgiOutput output, Slot place)
            throws IOException {
        Exchange exchange = visit.exchange();
        var wait = new SlotParking(place);
        OptionalLong length = streams.body().length();
        GuestRun run =
                sandbox.prepare(
                        visit.ready().program(),
                        new Invocation(
                                Arguments.of(exchange.head(), visit.action()),
                                () ->
                                        metaVariables.of(
                                                exchange.head(), match, visit.action(), length),
                                streams.body().open(wait),
                                output,
                                streams.stderr(),
                                cpuNanos -> tick(exchange, place, cpuNanos)));
        wait.of(run);
        exchange.response().waitThrough(wait);
        return run;
    }

    /** What a run reads and writes beside its response. */
    private record Streams(RequestBody body, OutputStream stderr) implements Closeable {
        @Override
        public void close() throws IOException {
            try (body) {
                stderr.close();
            }
        }
    }

    /** What follows from a run. */
    private sealed interface Conclusion {
        /** The response is complete. */
        record Done() implements Conclusion {}

        /** The request goes on elsewhere. */
        record Elsewhere(String target, List<Field> kept) implements Conclusion {}

        /** There is no response. */
        record Failed(Failure failure) implements Conclusion {}
    }

    private void finish(Visit visit, Streams streams, Conclusion conclusion) {
        RequestCompletion end = visit.end();
        try (streams) {
            switch (conclusion) {
                case Conclusion.Done done -> end.succeeded();
                case Conclusion.Failed failed -> end.failed(failed.failure());
                case Conclusion.Elsewhere elsewhere -> {}
            }
        } catch (IOException e) {
            end.failed(new Failure.HostFault("request body or log: " + e));
        }
        if (conclusion instanceof Conclusion.Elsewhere elsewhere) {
            redirect(visit.exchange(), elsewhere, end);
        }
    }

    private static UnaryOperator<Admission> own(Slot place) {
        Thread thread = Thread.currentThread();
        return route -> new InheritedSlot(route, place, thread);
    }

    private static void tick(Exchange exchange, Slot place, long cpuNanos) {
        exchange.pulse();
        place.tick(cpuNanos);
    }

    private CgiOutput output(Exchange exchange, RunModule action) {
        return new CgiOutput(
                settings.responseHead(),
                action.traffic().responseBody(),
                action.rules(),
                exchange.response(),
                exchange.head());
    }

    private static Conclusion conclusion(
            RunReport report, RequestBody body, CgiOutput output, @Nullable Failure evicted) {
        if (output.isOverLimit()) {
            return new Conclusion.Failed(new Failure.ResponseTooLarge(output.bodyLimit()));
        }
        if (output.invalid() != null) {
            return new Conclusion.Failed(new Failure.InvalidResponse(output.invalid()));
        }
        if (body.failure().isPresent()) {
            return new Conclusion.Failed(body.failure().get());
        }
        return switch (report.outcome()) {
            case RunOutcome.Exited exited when output.localRedirect().isPresent() ->
                    new Conclusion.Elsewhere(output.localRedirect().get(), output.kept());
            case RunOutcome.Exited exited when output.isUnmet() ->
                    new Conclusion.Failed(new Failure.PreconditionFailed());
            case RunOutcome.Exited exited when output.hasHead() && !output.isShort() ->
                    new Conclusion.Done();
            default -> new Conclusion.Failed(failure(report, output, evicted));
        };
    }

    private static Failure failure(RunReport report, CgiOutput output, @Nullable Failure evicted) {
        return switch (report.outcome()) {
            case RunOutcome.Exited exited when output.isShort() ->
                    new Failure.InvalidResponse("body shorter than its Content-Length");
            case RunOutcome.Exited exited -> new Failure.NoResponse(exited.code());
            case RunOutcome.Trapped trapped -> new Failure.Trapped(reason(trapped, report));
            case RunOutcome.TimeLimitReached late -> new Failure.TimeLimit(late.limit());
            case RunOutcome.CpuLimitReached busy -> new Failure.CpuLimit(busy.limit());
            case RunOutcome.Cancelled cancelled ->
                    evicted == null ? new Failure.ClientGone() : evicted;
            case RunOutcome.HostMemoryExhausted none ->
                    new Failure.Overloaded(
                            none.limit(), "no memory left on the host", GuestScheduler.RETRY_AFTER);
        };
    }

    /** A local redirect starts again at the first stage, as a new request. */
    private void redirect(
            Exchange exchange, Conclusion.Elsewhere elsewhere, RequestCompletion end) {
        Optional<RequestHead> head =
                RequestTarget.parse(elsewhere.target())
                        .map(target -> exchange.head().redirectedTo(target, elsewhere.kept()));
        int depth = exchange.head().redirection().map(Redirection::depth).orElse(0);
        if (depth >= Redirection.MAX_DEPTH) {
            end.failed(
                    new Failure.InvalidResponse(
                            "more than " + Redirection.MAX_DEPTH + " local redirects"));
        } else if (head.isEmpty()) {
            end.failed(new Failure.InvalidResponse("a local redirect to above the root"));
        } else {
            end.redirected();
            serve(new RedirectedExchange(exchange, head.get()), end.place());
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
