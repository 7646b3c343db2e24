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
 * The pipeline: a request finds its route, is authorised, and is answered by the route's action. A
 * local redirect and the address of an error page begin again at the first stage. Safe to share
 * between threads.
 */
public final class Gateway {
    private final Supplier<SiteTable<ServedRoute>> sites;
    private final Authenticator authenticator;
    private final ModuleHandler modules;
    private final FolderHandler folders;
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
            RunListener listener) {
        this.sites = sites;
        this.authenticator = new Authenticator(passwords);
        this.modules = new ModuleHandler(settings, new GuestStage(settings, sandbox));
        this.folders = new FolderHandler(modules);
        this.listener = listener;
    }

    /** Serves one request; returns at once, whatever the guest takes. */
    public void serve(Exchange exchange) {
        begin(new Attempt(exchange, Optional.empty()));
    }

    /**
     * Runs a program that has just been loaded for a request of the server's own: no rate counts it
     * and no credentials are asked for. Returns at once; the exchange's response ends.
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

    /** Answers a request that was refused before the pipeline, with the page of its site. */
    public void refuse(Exchange exchange, Failure failure) {
        ErrorPages pages = sites.get().errorPages(exchange.head().authority());
        pass(new Attempt(exchange, Optional.empty()), pages).failed(failure);
    }

    /** Where a request begins: the client's, and each that one pass leads to. */
    private void begin(Attempt attempt) {
        SiteTable<ServedRoute> table = sites.get();
        RequestHead head = attempt.exchange().head();
        Optional<Found<ServedRoute>> found = table.find(head.authority(), head.target());
        if (found.isPresent()) {
            ServedRoute target = found.get().target();
            enter(pass(attempt, target.route().errorPages()), target, found.get().match());
        } else {
            pass(attempt, table.errorPages(head.authority())).failed(new Failure.NoRoute());
        }
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

    /** The client has sent one request only, however often it is sent on. */
    static Optional<Failure> count(Pass pass, ServedRoute target) {
        return pass.attempt().slot().isPresent() ? Optional.empty() : target.enter();
    }

    /** The one place where the kinds of action part. */
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
        // Whatever the route makes of encoded slashes, a guest that decodes again is safe too.
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
