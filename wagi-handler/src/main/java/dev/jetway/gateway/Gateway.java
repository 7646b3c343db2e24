package dev.jetway.gateway;

import dev.jetway.auth.PasswordVerifier;
import dev.jetway.failure.ErrorPages;
import dev.jetway.failure.Failure;
import dev.jetway.http.PathText;
import dev.jetway.http.RequestHead;
import dev.jetway.route.Found;
import dev.jetway.route.RouteMatch;
import dev.jetway.route.RouteTable;
import dev.jetway.route.Site;
import dev.jetway.route.SiteTable;
import dev.jetway.sandbox.Sandbox;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The pipeline: finds a request's route, authenticates the client, and lets the route's action
 * answer. Local redirects and requests for error pages enter it again. Safe to share between
 * threads.
 */
public final class Gateway {
    private final Supplier<SiteTable<ServedRoute>> sites;
    private final Authenticator authenticator;
    private final ModuleHandler modules;
    private final FolderHandler folders;
    private final RunListener listener;

    /**
     * A pipeline over these parts, which the caller closes after the last request.
     *
     * @param sites the current table of sites
     */
    public Gateway(
            GatewaySettings settings,
            Supplier<SiteTable<ServedRoute>> sites,
            PasswordVerifier passwords,
            Sandbox sandbox,
            RunListener listener) {
        this.sites = sites;
        this.authenticator = new Authenticator(passwords);
        this.modules = new ModuleHandler(settings, new GuestStage(settings, sandbox));
        this.folders = new FolderHandler(modules);
        this.listener = listener;
    }

    /** The route that takes a request. */
    public Optional<Found<ServedRoute>> find(RequestHead head) {
        return sites.get().find(head.authority(), head.target());
    }

    /** Serves one request by the route that {@link #find} has found. Returns at once. */
    public void serve(Exchange exchange, Found<ServedRoute> found) {
        begin(new Attempt(exchange, Optional.empty()), found);
    }

    /** Serves one request. Returns at once; the guest runs on. */
    public void serve(Exchange exchange) {
        begin(new Attempt(exchange, Optional.empty()));
    }

    /**
     * Runs a newly loaded program for a request of the server itself, without rates and
     * credentials. Returns at once; the exchange's response ends later.
     */
    public void warmUp(ServedModule served, ProgramSource.Ready ready, Exchange exchange) {
        Pass pass = pass(new Attempt(exchange, Optional.empty()), served.route().errorPages());
        pass.completion().matched(served.route());
        Optional<RouteMatch> match =
                new RouteTable<>(List.of(served)).find(exchange.head().target()).map(Found::match);
        Optional<Failure> wrong =
                match.isEmpty()
                        ? Optional.of(new Failure.NoRoute())
                        : wrongPath(served, exchange.head());
        wrong.ifPresentOrElse(
                pass::failed, () -> modules.run(pass, match.orElseThrow(), served, ready));
    }

    /** Answers a request that was refused before the pipeline, with the error page of its site. */
    public void refuse(Exchange exchange, Failure failure) {
        ErrorPages pages = sites.get().errorPages(exchange.head().authority());
        pass(new Attempt(exchange, Optional.empty()), pages).failed(failure);
    }

    /** Begins a pass: for a client's request, or for one that a pass has caused. */
    private void begin(Attempt attempt) {
        SiteTable<ServedRoute> table = sites.get();
        RequestHead head = attempt.exchange().head();
        Optional<Found<ServedRoute>> found = table.find(head.authority(), head.target());
        if (found.isPresent()) {
            begin(attempt, found.get());
        } else {
            pass(attempt, table.errorPages(head.authority())).failed(new Failure.NoRoute());
        }
    }

    private void begin(Attempt attempt, Found<ServedRoute> found) {
        ServedRoute target = found.target();
        enter(pass(attempt, target.route().errorPages()), target, found.match());
    }

    private Pass pass(Attempt attempt, ErrorPages pages) {
        return new Pass(attempt, new RequestCompletion(attempt, listener, pages), this::begin);
    }

    private void enter(Pass pass, ServedRoute target, RouteMatch match) {
        RequestHead head = pass.exchange().head();
        pass.completion().matched(match.route());
        Site.Https https = match.route().site().https();
        if (https.redirect() && !head.secure() && head.authority().isPresent()) {
            pass.answered(new Step.Answered(HttpsRedirect.of(head, head.authority().get())));
            return;
        }
        if (head.secure()) {
            https.hsts().map(HttpsRedirect::hsts).ifPresent(pass.exchange().response()::always);
        }
        Optional<Failure> refused =
                wrongPath(target, head)
                        .or(() -> wrongMethod(target, head))
                        .or(() -> count(pass, target));
        if (refused.isPresent()) {
            pass.failed(refused.get());
            return;
        }
        // Authenticate before loading the module or spooling the body.
        authenticator.check(
                head,
                match.route().access(),
                client -> {
                    pass.completion().authorised(client);
                    answer(pass, target, match.of(client));
                },
                pass::failed);
    }

    /** Counts a request for its rates, once however often it is redirected. */
    static Optional<Failure> count(Pass pass, ServedRoute target) {
        return pass.attempt().slot().isPresent() ? Optional.empty() : target.enter();
    }

    /** The only place that chooses by the kind of action. */
    private void answer(Pass pass, ServedRoute target, RouteMatch match) {
        switch (target) {
            case ServedModule module -> modules.serve(pass, match, module);
            case ServedScript script ->
                    modules.serve(pass, match.running(script.file()), script.module());
            case ServedFolder folder -> folders.serve(pass, match, folder);
            case ServedRefusal refusal -> pass.failed(refusal.failure());
        }
    }

    private static Optional<Failure> wrongPath(ServedRoute target, RequestHead head) {
        if (target.refusesEncodedSlashes() && PathText.hasEncodedSlash(head.path())) {
            return Optional.of(new Failure.BadRequest("an encoded slash in the path"));
        }
        // A guest may decode the path again, however the route handles encoded slashes.
        return PathText.isSafe(PathText.decode(head.path()))
                ? Optional.empty()
                : Optional.of(new Failure.BadRequest("NUL or .. in the path"));
    }

    static Optional<Failure> wrongMethod(ServedRoute target, RequestHead head) {
        return target.http().allows(head.method())
                ? Optional.empty()
                : Optional.of(new Failure.MethodNotAllowed(target.http().allow()));
    }
}
