package dev.jetway.sandbox;

import dev.jetway.base.ByteSize;
import dev.jetway.module.memory.WatchedAccess;
import dev.jetway.sandbox.RunOutcome.Cancelled;
import dev.jetway.sandbox.RunOutcome.CpuLimitReached;
import dev.jetway.sandbox.RunOutcome.Exited;
import dev.jetway.sandbox.RunOutcome.HostMemoryExhausted;
import dev.jetway.sandbox.RunOutcome.TimeLimitReached;
import dev.jetway.sandbox.RunOutcome.Trapped;
import dev.jetway.sandbox.file.Interruption;
import dev.jetway.sandbox.file.LimitHits;
import dev.jetway.sandbox.host.Clocks;
import dev.jetway.sandbox.host.GuestExit;
import dev.jetway.sandbox.host.HostFault;
import dev.jetway.sandbox.host.HostModule;
import dev.jetway.sandbox.host.HostRun;
import dev.jetway.sandbox.memory.FlatMemory;
import dev.jetway.sandbox.memory.HeapReserve;
import dev.jetway.sandbox.memory.MemoryRefusedException;
import dev.jetway.sandbox.start.EnvironmentPlace;
import dev.jetway.sandbox.start.GuestState;
import dev.jetway.sandbox.start.RequestPart;
import dev.jetway.sandbox.start.StartEnd;
import dev.jetway.sandbox.start.StartWatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One run of a guest: instance, entry point, end. {@link #execute} may be called once, by any
 * thread; {@link #cancel} at any time, by any other.
 */
public final class GuestRun {
    private final Sandbox sandbox;
    private final Program program;
    private final Invocation invocation;
    private final Watch watch;
    private final BoundedOutput stderr;
    private final LimitHits limitHits = new LimitHits();
    private final @Nullable StartWatch start;
    private final ProgramSnapshots.@Nullable Taken timed;
    private ProgramSnapshots.@Nullable Begin begin;
    private @Nullable GuestState state;
    private @Nullable GuestInstance instance;
    private long executedAt;
    private Duration startTime = Duration.ZERO;

    GuestRun(Sandbox sandbox, Program program, Invocation invocation) {
        this(sandbox, program, invocation, null, null);
    }

    /**
     * A run whose start is recorded or timed.
     *
     * @param start null if it is neither
     * @param timed begins with this snapshot; null if it begins at the entry point
     */
    GuestRun(
            Sandbox sandbox,
            Program program,
            Invocation invocation,
            @Nullable StartWatch start,
            ProgramSnapshots.@Nullable Taken timed) {
        this.timed = timed;
        this.sandbox = sandbox;
        this.program = program;
        this.start = start;
        this.invocation = program.snapshots().isOn() ? invocation.remembering() : invocation;
        this.watch = new Watch(program.limits(), invocation.tick());
        this.stderr = new BoundedOutput(invocation.stderr(), program.limits().stderr().bytes());
    }

    /** Ends the guest within a few milliseconds; does nothing once it has ended. */
    public void cancel() {
        watch.cancel();
    }

    /**
     * Waits on the run's own thread, in a stream of its invocation, with the wall time stopped;
     * bounded by {@link GuestLimits#clientWait()}.
     *
     * @throws InterruptedException if the run is to end
     */
    public void await(Wait wait) throws InterruptedException {
        watch.pause();
        try {
            wait.await();
        } finally {
            watch.resume();
        }
    }

    /**
     * Runs the guest on the calling thread, which must not be interrupted before. Returns whatever
     * the guest does; throws only for a fault of the host.
     */
    public RunReport execute() {
        long now = System.nanoTime();
        executedAt = now;
        RunOutcome outcome = null;
        try {
            outcome = watched(now);
            if (start == null && outcome instanceof Exited) {
                tellSnapshots();
            }
            return report(outcome, System.nanoTime() - now);
        } finally {
            endInstance(outcome);
        }
    }

    private void tellSnapshots() {
        if (begin == null) {
            program.snapshots().missed(invocation);
        } else {
            program.snapshots().ended(begin, invocation);
        }
    }

    private RunOutcome watched(long now) {
        RunOutcome outcome;
        sandbox.watchdog().add(watch);
        watch.start(now);
        try {
            outcome = run();
        } finally {
            sandbox.watchdog().remove(watch);
        }
        return verdict(watch.stop(), outcome);
    }

    private RunOutcome run() {
        try {
            return confined();
        } catch (GuestExit e) {
            return new Exited(e.code());
        } catch (RunCancelledException e) {
            return new Cancelled();
        } catch (MemoryRefusedException e) {
            return new HostMemoryExhausted(e.limit());
        } catch (OutOfMemoryError e) {
            // The allocation that failed was the guest's; its memory is garbage from here on.
            return new HostMemoryExhausted(HeapReserve.LIMIT);
        } catch (StackOverflowError e) {
            return new Trapped("call stack exhausted");
        } catch (Interruption e) {
            return new Trapped(TrapReason.of(e));
        }
    }

    /**
     * Uses no try-with-resources, which fails itself if both exceptions are the JVM's one
     * preallocated error.
     */
    private RunOutcome confined() {
        var context = new RunContext(sandbox, program, invocation, stderr, limitHits, start);
        try {
            begin =
                    (timed == null
                                    ? program.snapshots().find(context)
                                    : timed.begin(() -> variables(context)))
                            .orElse(null);
            return within(context, 0);
        } finally {
            context.close();
        }
    }

    /** Opens the services from this one on, each within the one before, and runs the guest. */
    private RunOutcome within(RunContext context, int service) {
        List<HostModule> services = program.services();
        if (service == services.size()) {
            return runInstance();
        }
        HostRun opened = services.get(service).open(context);
        boolean exited = false;
        try {
            RunOutcome outcome = opened.run(() -> within(context, service + 1));
            exited = outcome instanceof Exited;
            return outcome;
        } catch (GuestExit e) {
            exited = true;
            throw e;
        } finally {
            close(opened, exited);
        }
    }

    private static void close(HostRun service, boolean exited) {
        try {
            service.ended(exited);
        } finally {
            service.close();
        }
    }

    private static List<byte[]> variables(RunContext context) {
        return EnvironmentPlace.encoded(context.environment());
    }

    private RunOutcome runInstance() {
        GuestInstance taken = sandbox.instances().take(owner()).orElseGet(this::made);
        instance = taken;
        return guest(taken);
    }

    /** The begin of the instance. */
    private KeptInstances.Owner owner() {
        return begin == null ? program : begin.taken();
    }

    private GuestInstance made() {
        return new GuestInstance(
                program,
                sandbox.heapIsLow(),
                begin == null ? null : begin.taken().snapshot().state());
    }

    /**
     * Maps exceptions to outcomes: they come from the guest's code, from the engine for it, or from
     * a host function, which marks its own faults.
     */
    private RunOutcome guest(GuestInstance taken) {
        try {
            if (start == null) {
                call(taken);
            } else {
                ScopedValue.where(WatchedAccess.WATCH, start).run(() -> record(taken, start));
            }
            return new Exited(0);
        } catch (HostFault e) {
            throw e.original();
        } catch (GuestExit | MemoryRefusedException e) {
            throw e;
        } catch (RuntimeException e) {
            return new Trapped(TrapReason.of(e));
        }
    }

    private void call(GuestInstance taken) {
        taken.begin(watch::guard);
        startTime = Duration.ofNanos(System.nanoTime() - executedAt);
        if (begin == null) {
            taken.call(program.entry());
            return;
        }
        sandbox.snapshots().countRun();
        resume(taken, begin);
    }

    private void resume(GuestInstance taken, ProgramSnapshots.Begin from) {
        Clocks clocks = sandbox.clocks();
        from.write(
                Objects.requireNonNull(taken.memory()),
                new RequestPart.Sources(clocks::realtime, clocks::monotonic, sandbox.random()));
        taken.resume(from.taken().snapshot());
    }

    private void record(GuestInstance taken, StartWatch watched) {
        try {
            taken.begin(memory -> {
                watch.guard(memory);
                memory.watch(watched);
            });
            if (begin == null && watched.prepares()) {
                program.initializer().ifPresent(taken::call);
            }
            watched.begin();
            if (begin == null) {
                taken.call(program.entry());
            } else {
                resume(taken, begin);
            }
        } catch (StartEnd e) {
            FlatMemory memory = taken.memory();
            if (taken.hasCaught()) {
                watched.refuse("it has caught exceptions");
            } else if (watched.isReached() && memory != null) {
                watched.wipe(memory);
                state = taken.state();
            }
        }
    }

    /** The state of a guest whose start was recorded; empty if it did not come to its target. */
    Optional<GuestState> state() {
        return Optional.ofNullable(state);
    }

    /** Keeps the instance of a run that ended by itself, and drops it otherwise. */
    private void endInstance(@Nullable RunOutcome outcome) {
        GuestInstance used = instance;
        if (used == null) {
            return;
        }
        instance = null;
        used.end();
        if (sandbox.heapIsLow().getAsBoolean()) {
            sandbox.instances().clear();
        } else if (outcome instanceof Exited
                && start == null
                && used.isComplete()
                && program.isReusable()) {
            sandbox.instances().keep(owner(), used);
        }
    }

    /** A limit that was hit explains the end better than the exception that it caused. */
    private RunOutcome verdict(Watch.Verdict verdict, RunOutcome outcome) {
        return switch (verdict) {
            case NONE -> outcome;
            case TIME_LIMIT ->
                    outcome instanceof Exited
                            ? outcome
                            : new TimeLimitReached(program.limits().wallTime());
            case CPU_LIMIT ->
                    outcome instanceof Exited
                            ? outcome
                            : new CpuLimitReached(program.limits().cpuTime());
            case CANCELLED -> outcome instanceof Exited ? outcome : new Cancelled();
        };
    }

    private RunReport report(RunOutcome outcome, long wallTime) {
        FlatMemory memory = instance == null ? null : instance.memory();
        int pages = memory == null ? 0 : memory.pages();
        return new RunReport(
                outcome,
                startTime,
                Duration.ofNanos(wallTime),
                Duration.ofNanos(watch.cpuTime().orElse(wallTime)),
                new ByteSize((long) pages * FlatMemory.PAGE_SIZE),
                memory == null ? Optional.empty() : memory.refusedBy(),
                otherLimits());
    }

    private List<String> otherLimits() {
        var names = new ArrayList<String>(0);
        if (stderr.isCut()) {
            names.add("stderr");
        }
        names.addAll(limitHits.names());
        return names;
    }
}
