package dev.jetway.server.cli;

import dev.jetway.base.DurationText;
import dev.jetway.module.ModuleCache;
import dev.jetway.module.ModuleCacheSettings;
import dev.jetway.module.source.FileReference;
import dev.jetway.module.source.ModuleException;
import dev.jetway.sandbox.GuestRun;
import dev.jetway.sandbox.GuestSetup;
import dev.jetway.sandbox.GuestThread;
import dev.jetway.sandbox.Invocation;
import dev.jetway.sandbox.Program;
import dev.jetway.sandbox.ProgramException;
import dev.jetway.sandbox.Resources;
import dev.jetway.sandbox.RunOutcome;
import dev.jetway.sandbox.Sandbox;
import dev.jetway.sandbox.host.HostModules;
import dev.jetway.sandbox.memory.HeapReserve;
import dev.jetway.sandbox.wasi.WasiModule;
import dev.jetway.server.cli.terminal.InterruptibleInput;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** {@code jetway run}: one guest in the server's sandbox, on the terminal. */
final class GuestCommand {
    /** As in wasmtime and shells: 128 and the number of SIGABRT. */
    static final int TRAPPED = 134;

    /** As in timeout(1). */
    static final int TOO_LATE = 124;

    private static final int MAX_CODE = 255;
    private static final String ENTRYPOINT = "_start";

    private final LaunchEnvironment launch;
    private final StandardStreams streams;
    private final PrintWriter messages;

    GuestCommand(LaunchEnvironment launch, StandardStreams streams, PrintWriter messages) {
        this.launch = launch;
        this.streams = streams;
        this.messages = messages;
    }

    /** Runs the guest; returns the exit code of the process. */
    int run(GuestOptions options) {
        var settings =
                ModuleCacheSettings.in(CacheFolder.of(launch.environment()), launch.processors());
        try (var modules = new ModuleCache(settings);
                HeapReserve heap = HeapReserve.start();
                var sandbox = new Sandbox(HostModules.of(new WasiModule()), heap::isLow)) {
            Program program = program(modules, sandbox.services(), options);
            var invocation =
                    new Invocation(
                            options.arguments(),
                            options.environment(launch),
                            new InterruptibleInput(streams.in()),
                            streams.out(),
                            streams.err(),
                            _ -> {});
            return code(onGuestThread(sandbox.prepare(program, invocation)));
        }
    }

    /** As in the server: the guest needs a larger stack than this thread has. */
    private static RunOutcome onGuestThread(GuestRun guest) {
        var task = new FutureTask<>(() -> guest.execute().outcome());
        GuestThread.builder().start(task);
        while (true) {
            try {
                return task.get();
            } catch (InterruptedException e) {
                guest.cancel();
            } catch (ExecutionException e) {
                throw new IllegalStateException("a guest's thread failed", e.getCause());
            }
        }
    }

    private Program program(ModuleCache modules, HostModules services, GuestOptions options) {
        Path here = launch.workingDirectory();
        try {
            return Program.prepare(
                    modules.load(new FileReference(here.resolve(options.module()))).module(),
                    new GuestSetup(ENTRYPOINT, options.limits(), options.volumes(here), services),
                    Resources.unlimited());
        } catch (ModuleException | ProgramException e) {
            throw new CommandFailure(options.module() + ": " + e.getMessage(), e);
        }
    }

    private int code(RunOutcome outcome) {
        return switch (outcome) {
            // The system cuts codes to eight bits: no failure may become a success.
            case RunOutcome.Exited exited ->
                    exited.code() >= 0 && exited.code() <= MAX_CODE ? exited.code() : MAX_CODE;
            case RunOutcome.Trapped trapped -> say(TRAPPED, "trap: " + trapped.reason());
            case RunOutcome.TimeLimitReached late ->
                    say(TOO_LATE, "ran longer than " + DurationText.of(late.limit()));
            case RunOutcome.CpuLimitReached busy ->
                    say(
                            TOO_LATE,
                            "used a processor for more than " + DurationText.of(busy.limit()));
            case RunOutcome.Cancelled cancelled -> say(TRAPPED, "ended: nobody takes its output");
            case RunOutcome.HostMemoryExhausted none -> say(TRAPPED, "no memory left on the host");
        };
    }

    private int say(int code, String what) {
        messages.println("jetway: the guest: " + what);
        return code;
    }
}
