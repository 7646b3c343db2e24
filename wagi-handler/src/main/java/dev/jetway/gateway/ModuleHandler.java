package dev.jetway.gateway;

import dev.jetway.admission.Admission;
import dev.jetway.route.BodyLimits;
import dev.jetway.route.RouteMatch;
import dev.jetway.route.RunModule;

/**
 * Answers requests of routes that run modules: loads the program, collects the body, gets a slot,
 * runs the guest. Holds no thread between these steps. Safe to share between threads.
 */
final class ModuleHandler {
    private final GatewaySettings settings;
    private final GuestStage guests;

    ModuleHandler(GatewaySettings settings, GuestStage guests) {
        this.settings = settings;
        this.guests = guests;
    }

    /** Runs the route's module after it is loaded. Never blocks. */
    void serve(Pass pass, RouteMatch match, ServedModule module) {
        module.source().ask(ready -> run(pass, match, module, ready), pass::failed);
    }

    /** Runs a loaded program. Never blocks. */
    void run(Pass pass, RouteMatch match, ServedModule module, ProgramSource.Ready ready) {
        RunModule action = ready.action();
        Exchange exchange = pass.exchange();
        var limits = new BodyLimits(action.traffic().requestBody(), settings.bodyMemory());
        Admission admission = pass.attempt().admission(module.admission());
        var run = new PendingRun(pass, match, ready, module.log());
        if (action.rules().streamBody()) {
            RequestBody body = exchange.streamBody(limits);
            body.failure().ifPresentOrElse(pass::failed, () -> admit(run, admission, body));
        } else {
            exchange.collectBody(limits, body -> admit(run, admission, body), pass::failed);
        }
    }

    private void admit(PendingRun run, Admission admission, RequestBody body) {
        admission.admit(
                slot -> guests.run(run, body, slot),
                failure -> {
                    body.close();
                    run.pass().failed(failure);
                });
    }
}
