package dev.jetway.server;

import dev.jetway.admission.GuestScheduler;
import dev.jetway.sandbox.Sandbox;
import dev.jetway.server.metrics.Metrics;
import dev.jetway.server.program.LoadQueue;
import dev.jetway.server.tenant.GuestMemory;

/** Gauges of a server's parts, read at each scrape. */
final class Gauges {
    private Gauges() {}

    static void ofGuests(
            Metrics metrics, GuestScheduler scheduler, GuestMemory memory, Sandbox sandbox) {
        metrics.gauge(
                "jetway_waiting_requests",
                "Requests that wait for a guest slot.",
                scheduler::waiting);
        metrics.gauge(
                "jetway_parked_guests", "Guests that wait for their clients.", scheduler::parked);
        metrics.gauge("jetway_running_guests", "Guests that run now.", scheduler::running);
        metrics.gauge(
                "jetway_long_running_guests",
                "Guests that have run for long.",
                scheduler::longRunning);
        metrics.gauge(
                "jetway_guest_memory_bytes", "Linear memory of running guests.", memory::used);
        metrics.gauge(
                "jetway_overdue_guests",
                "Guests that were told to end over 50 ms ago and still run.",
                sandbox::overdueGuests);
        metrics.gauge(
                "jetway_snapshot_runs",
                "Runs that have begun with a snapshot.",
                sandbox::snapshotRuns);
        metrics.gauge("jetway_snapshot_bytes", "Memory of all snapshots.", sandbox::snapshotBytes);
    }

    static void ofServer(Metrics metrics, LoadQueue loads, Reloader reloader) {
        metrics.gauge("jetway_loading_requests", "Requests that wait for modules.", loads::waiting);
        metrics.gauge(
                "jetway_configuration_current",
                "1 if what is served is what the files say, 0 if they cannot be read.",
                () -> reloader.isCurrent() ? 1 : 0);
    }
}
