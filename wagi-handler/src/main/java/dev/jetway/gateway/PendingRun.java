package dev.jetway.gateway;

import dev.jetway.route.RouteMatch;
import dev.jetway.route.RunModule;

/**
 * A request whose guest has not started.
 *
 * @param pass its pass through the pipeline
 * @param match its route and the parts of its path
 * @param ready the program
 * @param log takes its standard error
 */
record PendingRun(Pass pass, RouteMatch match, ProgramSource.Ready ready, GuestLog log) {
    RunModule action() {
        return ready.action();
    }

    Exchange exchange() {
        return pass.exchange();
    }
}
