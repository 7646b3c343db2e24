package dev.jetway.server;

import dev.jetway.admission.GuestScheduler;
import dev.jetway.admission.SchedulerLimits;
import dev.jetway.base.ByteSize;
import dev.jetway.route.Route;
import dev.jetway.sandbox.file.FileModes;
import dev.jetway.server.log.StderrLog;
import dev.jetway.server.tenant.GuestMemory;
import dev.jetway.server.tenant.Tenant;
import dev.jetway.server.tenant.Tenants;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Tenants over a scheduler with one slot, for tests of a site's parts. */
public final class TestTenants implements AutoCloseable {
    private final GuestScheduler scheduler =
            new GuestScheduler(new SchedulerLimits(1, 1, Duration.ofSeconds(5), 1, 0));
    private final GuestMemory memory = new GuestMemory(ByteSize.ofMebibytes(64));
    private final Tenants tenants =
            new Tenants(scheduler, memory, new StderrLog(Optional.empty()), FileModes.DEFAULT);

    /** The tenant of a route's site, which becomes the only served site. */
    public Tenant of(Route route) {
        tenants.serve(List.of(route));
        return tenants.of(route.site());
    }

    public GuestScheduler scheduler() {
        return scheduler;
    }

    public GuestMemory memory() {
        return memory;
    }

    public Tenants all() {
        return tenants;
    }

    @Override
    public void close() {
        tenants.close();
        scheduler.close();
    }
}
