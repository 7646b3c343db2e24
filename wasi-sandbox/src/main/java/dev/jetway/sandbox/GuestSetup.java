package dev.jetway.sandbox;

import dev.jetway.sandbox.host.HostModules;
import java.util.List;

/**
 * The part of a route that concerns its guests. Immutable; safe to share between threads.
 *
 * @param entrypoint the exported function that a run calls, without parameters and results
 * @param limits of each run
 * @param volumes directories of the host that a guest sees
 * @param services that the module may import, those of its route granted
 */
public record GuestSetup(
        String entrypoint, GuestLimits limits, List<Volume> volumes, HostModules services) {
    /** Copies the volumes. */
    public GuestSetup {
        volumes = List.copyOf(volumes);
    }
}
