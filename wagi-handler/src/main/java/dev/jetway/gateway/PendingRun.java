package dev.jetway.gateway;

import dev.jetway.route.RouteMatch;
import dev.jetway.route.RunModule;

/**
 * A request whose guest has not begun.
 *
 * @param pass its pass through the pipeline
 * @param match its route, and how the path divides there
 * @param ready what runs
 * @param log where its standard error goes
 */
record PendingRun(Pass pass, RouteMatch match, ProgramSource.Ready ready, GuestLog log) {
    RunModule action() {
        return ready.action();
    }

    Exchange exchange() {
        return pass.exchange();
    }
}
