package dev.jetway.embedding.open;

import dev.jetway.admission.GuestScheduler;
import dev.jetway.admission.SchedulerLimits;
import dev.jetway.admission.SelectorClocks;
import dev.jetway.auth.PasswordVerifier;
import dev.jetway.base.ByteSize;
import dev.jetway.base.JetwayVersion;
import dev.jetway.base.OpenedParts;
import dev.jetway.base.TemporaryFolder;
import dev.jetway.cgi.ServerIdentity;
import dev.jetway.embedding.Programs;
import dev.jetway.failure.ErrorPages;
import dev.jetway.failure.Limit;
import dev.jetway.gateway.Gateway;
import dev.jetway.gateway.GatewaySettings;
import dev.jetway.gateway.ServedRoute;
import dev.jetway.gateway.log.RunLog;
import dev.jetway.module.ModuleCache;
import dev.jetway.module.ModuleCacheSettings;
import dev.jetway.route.SiteTable;
import dev.jetway.sandbox.Resources;
import dev.jetway.sandbox.Sandbox;
import dev.jetway.sandbox.host.HostModules;
import dev.jetway.sandbox.memory.HeapReserve;
import dev.jetway.sandbox.memory.MemoryAccount;
import dev.jetway.sandbox.wasi.WasiModule;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Programs whose modules are loaded, with all that serves them. Safe to share between threads. */
public final class OpenPrograms implements AutoCloseable {
    /** Bytes of a request's body kept in memory; a larger body goes to a temporary file. */
    static final ByteSize BODY_MEMORY = ByteSize.ofKibibytes(64);

    /** Bytes of a program's header block. */
    private static final ByteSize RESPONSE_HEAD = ByteSize.ofKibibytes(32);

    /** The share of the heap for the memory of programs. */
    private static final double PART_OF_HEAP = 0.6;

    private static final int QUEUE = 1024;
    private static final Duration WAIT = Duration.ofSeconds(1);
    private static final int PARKED = 1024;

    private final OpenedParts parts;
    private final Gateway gateway;
    private final Path temporary;

    private OpenPrograms(Programs programs, String prefix, OpenedParts parts) throws IOException {
        this.parts = parts;
        int processors = Runtime.getRuntime().availableProcessors();
        this.temporary = parts.add(TemporaryFolder.create()).path();
        HeapReserve heap = parts.add(HeapReserve.start());
        Sandbox sandbox =
                parts.add(
                        new Sandbox(
                                HostModules.of(new WasiModule()),
                                heap::isLow,
                                new SelectorClocks(),
                                new SecureRandom()));
        GuestScheduler scheduler =
                parts.add(
                        new GuestScheduler(
                                new SchedulerLimits(
                                        programs.slots(), QUEUE, WAIT, PARKED, programs.slots())));
        PasswordVerifier passwords =
                parts.add(new PasswordVerifier(1, InstantSource.system(), new SecureRandom()));
        ModuleCache modules =
                parts.add(new ModuleCache(ModuleCacheSettings.in(programs.cache(), processors)));
        var loader = new ProgramOpener(modules, sandbox, scheduler, resources(), prefix);
        List<ServedRoute> routes = new ArrayList<>();
        for (var route : programs.routes()) {
            routes.add(loader.open(route));
        }
        var table = new SiteTable<>(routes, ErrorPages.NONE);
        this.gateway =
                new Gateway(
                        new GatewaySettings(
                                new ServerIdentity(
                                        "Jetway/" + JetwayVersion.current(), Optional.empty()),
                                BODY_MEMORY,
                                RESPONSE_HEAD),
                        () -> table,
                        passwords,
                        sandbox,
                        new RunLog());
    }

    /**
     * Loads the modules, which takes a second for each that is not in the cache.
     *
     * @param prefix of all paths: the context path of a web application, or empty
     * @throws IOException if a module cannot be loaded or run, with its route and the reason
     */
    public static OpenPrograms open(Programs programs, String prefix) throws IOException {
        var parts = new OpenedParts();
        try {
            return new OpenPrograms(programs, prefix, parts);
        } catch (IOException | RuntimeException | Error e) {
            parts.closeAfter(e);
            throw e;
        }
    }

    private static Resources resources() {
        var limit = new ByteSize((long) (Runtime.getRuntime().maxMemory() * PART_OF_HEAP));
        return new Resources(
                new MemoryAccount(Limit.GUEST_MEMORY.label(), limit), Optional.empty());
    }

    /** The pipeline. */
    public Gateway gateway() {
        return gateway;
    }

    /** A folder for large request bodies. */
    public Path temporary() {
        return temporary;
    }

    /** Ends running programs and all threads. */
    @Override
    public void close() {
        parts.close();
    }
}
