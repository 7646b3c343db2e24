package dev.jetway.server.program;

import dev.jetway.module.CompiledModule;
import dev.jetway.route.Dialect;
import dev.jetway.route.ModuleRoute;
import dev.jetway.route.RunModule;
import dev.jetway.route.SubRoutes;
import dev.jetway.sandbox.GuestLimits;
import dev.jetway.sandbox.GuestSetup;
import dev.jetway.sandbox.Invocation;
import dev.jetway.sandbox.Program;
import dev.jetway.sandbox.ProgramException;
import dev.jetway.sandbox.Resources;
import dev.jetway.sandbox.RunCancelledException;
import dev.jetway.sandbox.RunOutcome;
import dev.jetway.sandbox.RunReport;
import dev.jetway.sandbox.Sandbox;
import dev.jetway.server.tenant.GuestLogs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Asks a Wagi module for the routes that it declares: runs its function {@code _routes} once,
 * without environment, arguments, volumes and input, for a short time.
 */
public final class RouteDiscovery {
    /** Maximum run time of the function. */
    static final Duration TIME = Duration.ofSeconds(2);

    private final Sandbox sandbox;
    private final GuestLogs logs;

    public RouteDiscovery(Sandbox sandbox, GuestLogs logs) {
        this.sandbox = sandbox;
        this.logs = logs;
    }

    /**
     * The routes below {@code parent}; none if the module declares none.
     *
     * @throws IllegalArgumentException if the declaration is invalid
     * @throws LoadException if the function failed, but may succeed later
     */
    List<ModuleRoute> discover(ModuleRoute parent, CompiledModule module)
            throws ProgramException, LoadException {
        RunModule action = parent.action();
        if (action.rules().dialect() != Dialect.WAGI || !module.hasFunction(SubRoutes.FUNCTION)) {
            return List.of();
        }
        GuestLimits limits = action.limits();
        Duration time = TIME.compareTo(limits.wallTime()) < 0 ? TIME : limits.wallTime();
        Program program =
                Program.prepare(
                        module,
                        new GuestSetup(
                                SubRoutes.FUNCTION,
                                limits.withWallTime(time),
                                List.of(),
                                sandbox.services().granted(action.services())),
                        Resources.unlimited());
        var output = new Output();
        try (OutputStream stderr = logs.of(parent.route()).open(SubRoutes.FUNCTION)) {
            RunReport report =
                    sandbox.prepare(
                                    program,
                                    new Invocation(
                                            List.of(),
                                            new LinkedHashMap<>(),
                                            InputStream.nullInputStream(),
                                            output,
                                            stderr,
                                            _ -> {}))
                            .execute();
            requireSuccess(report.outcome());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return SubRoutes.parse(parent, output.text());
    }

    private static void requireSuccess(RunOutcome outcome) throws LoadException {
        if (outcome.equals(new RunOutcome.Exited(0))) {
            return;
        }
        String reason = "'_routes' failed: " + why(outcome);
        if (outcome instanceof RunOutcome.TimeLimitReached
                || outcome instanceof RunOutcome.HostMemoryExhausted) {
            // The host may be busy.
            throw LoadException.temporary(reason);
        }
        throw new IllegalArgumentException(reason);
    }

    private static String why(RunOutcome outcome) {
        return switch (outcome) {
            case RunOutcome.Exited exited -> "exit code " + exited.code();
            case RunOutcome.Trapped trapped -> trapped.reason();
            case RunOutcome.TimeLimitReached late ->
                    "ran longer than " + late.limit().toMillis() + " ms";
            case RunOutcome.CpuLimitReached busy ->
                    "used more than " + busy.limit().toMillis() + " ms of a processor";
            case RunOutcome.Cancelled cancelled ->
                    "printed more than " + SubRoutes.MAX_BYTES + " bytes";
            case RunOutcome.HostMemoryExhausted none -> "no memory left on the host";
        };
    }

    /** Bounded output; more ends the run. */
    private static final class Output extends OutputStream {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int length) {
            if (bytes.size() + length > SubRoutes.MAX_BYTES) {
                throw new RunCancelledException("too many routes");
            }
            bytes.write(from, offset, length);
        }

        String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }
}
