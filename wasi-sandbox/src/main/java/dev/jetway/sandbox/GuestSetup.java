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
 * @param ofSite whether the volumes lie in a site's folder, which its tenant may change: no link on
 *     the way to them is followed, and a guest sees the folders above them, from {@code /} on
 */
public record GuestSetup(
        String entrypoint,
        GuestLimits limits,
        List<Volume> volumes,
        HostModules services,
        boolean ofSite) {
    /** Copies the volumes. */
    public GuestSetup {
        volumes = List.copyOf(volumes);
    }

    /** A setup of guests that see their volumes and nothing above them. */
    public GuestSetup(
            String entrypoint, GuestLimits limits, List<Volume> volumes, HostModules services) {
        this(entrypoint, limits, volumes, services, false);
    }
}
