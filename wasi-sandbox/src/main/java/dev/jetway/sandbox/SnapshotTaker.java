package dev.jetway.sandbox;

import dev.jetway.base.ByteSize;
import dev.jetway.base.OneLine;
import dev.jetway.module.CompiledModule;
import dev.jetway.module.Resumption;
import dev.jetway.module.StartCode;
import dev.jetway.module.resume.UnresumableException;
import dev.jetway.module.source.ModuleException;
import dev.jetway.sandbox.file.LimitHits;
import dev.jetway.sandbox.process.ThreadNice;
import dev.jetway.sandbox.start.EnvironmentPlace;
import dev.jetway.sandbox.start.GuestState;
import dev.jetway.sandbox.start.RequestPart;
import dev.jetway.sandbox.start.Snapshot;
import dev.jetway.sandbox.start.StartGain;
import dev.jetway.sandbox.start.StartPoint;
import dev.jetway.sandbox.start.StartWatch;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes snapshots of programs, one after another on a thread of low priority. A first run of the
 * guest finds the last call before its start ends; a second one is recorded there; a third one,
 * with other bytes wherever the guest has not looked, must come to the same state. Safe to share
 * between threads.
 */
public final class SnapshotTaker implements AutoCloseable {
    /** Maximum number of snapshots that wait to be taken. */
    static final int WAITING = 16;

    /** Maximum number of programs of one site that wait. */
    static final int WAITING_OF_SITE = 4;

    /** How often a start is timed in each of both ways. */
    private static final int TIMED = 9;

    /** Bound for all snapshots together. */
    static final ByteSize BYTES = ByteSize.ofMebibytes(256);

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotTaker.class);
    private static final long IDLE_SECONDS = 10;

    private final Sandbox sandbox;
    private final long most;
    private final AtomicLong bytes = new AtomicLong();
    private final LongAdder runs = new LongAdder();
    private final ThreadPoolExecutor background;
    private final Set<Program> waiting = ConcurrentHashMap.newKeySet();
    private @Nullable Variants variants;

    SnapshotTaker(Sandbox sandbox) {
        this(sandbox, BYTES);
    }

    /**
     * A taker with another bound.
     *
     * @param most of all snapshots together
     */
    SnapshotTaker(Sandbox sandbox, ByteSize most) {
        this.sandbox = sandbox;
        this.most = most.bytes();
        this.background =
                new ThreadPoolExecutor(
                        1,
                        1,
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(WAITING),
                        SnapshotTaker::thread,
                        new ThreadPoolExecutor.AbortPolicy());
        background.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable work) {
        return Thread.ofPlatform()
                .name("jetway-snapshots")
                .daemon()
                .unstarted(() -> {
                    ThreadNice.ofThisThread().set(ThreadNice.LONG_GUEST);
                    work.run();
                });
    }

    /** Makes further code for a program's module. */
    public interface Code {
        /** Makes it, for as long as some seconds. */
        StartCode make() throws ModuleException;
    }

    /** The forms of one module that were needed last. */
    private record Variants(
            String digest, StartCode code, Map<List<Integer>, CompiledModule> recording) {}

    /** Takes a snapshot later; false if that program waits already, or too many do. */
    boolean take(Program program, String name, Invocation invocation, Code code) {
        if (!mayWait(program)) {
            return false;
        }
        Invocation again = again(invocation);
        return later(program, name, () -> attempt(program, name, again, code));
    }

    /** Measures later what a snapshot saves; false as above. */
    boolean measure(
            Program program, String name, ProgramSnapshots.Taken taken, Invocation invocation) {
        if (program.initializer().isPresent()) {
            // Its ordinary start does less, and is no measure.
            return true;
        }
        Invocation again = again(invocation);
        return later(program, name, () -> judge(program, name, taken, again));
    }

    /** An invocation with nothing to read and nowhere to write. */
    private static Invocation again(Invocation invocation) {
        return new Invocation(
                invocation.arguments(),
                invocation.environment().get(),
                InputStream.nullInputStream(),
                OutputStream.nullOutputStream(),
                OutputStream.nullOutputStream(),
                _ -> {});
    }

    private boolean mayWait(Program program) {
        if (waiting.contains(program)) {
            return false;
        }
        long ofSite =
                waiting.stream()
                        .filter(other -> other.resources().equals(program.resources()))
                        .count();
        return background.getQueue().remainingCapacity() > 0 && ofSite < WAITING_OF_SITE;
    }

    private boolean later(Program program, String name, Runnable work) {
        if (!waiting.add(program)) {
            return false;
        }
        try {
            background.execute(() -> {
                long before = CpuClock.ofThisThread();
                try {
                    work.run();
                } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
                    LOG.warn("{}: no snapshot", name, e);
                } finally {
                    program.snapshots().spend(Duration.ofNanos(CpuClock.ofThisThread() - before));
                    waiting.remove(program);
                    if (background.getQueue().isEmpty()) {
                        variants = null;
                    }
                }
            });
            return true;
        } catch (RejectedExecutionException e) {
            waiting.remove(program);
            return false;
        }
    }

    private void attempt(Program program, String name, Invocation invocation, Code code) {
        Optional<String> refusal = takeNow(program, invocation, code);
        if (program.snapshots().tell(refusal)) {
            refusal.ifPresentOrElse(
                    reason -> LOG.info("{}: no snapshot: {}", name, reason),
                    () -> LOG.info("{}: requests begin with a snapshot", name));
        }
    }

    private void judge(
            Program program, String name, ProgramSnapshots.Taken taken, Invocation invocation) {
        Optional<StartGain> gain = gain(program, taken, invocation);
        LOG.debug("{}: a snapshot starts in {}", name, gain);
        gain.filter(found -> !found.isEnough())
                .ifPresent(found -> {
                    drop(program, taken, "it starts in " + found);
                    LOG.info("{}: no snapshot any more: it starts in {}", name, found);
                });
    }

    /** Drops a snapshot that saves too little; there are no more attempts. */
    void drop(Program program, ProgramSnapshots.Taken taken, String reason) {
        program.snapshots().drop(taken);
        program.snapshots().giveUp(reason);
        sandbox.instances().forget(taken);
    }

    /** The gain of a snapshot; empty if this invocation would begin in another way. */
    Optional<StartGain> gain(Program program, ProgramSnapshots.Taken taken, Invocation invocation) {
        var ordinary = new long[TIMED];
        var resumed = new long[TIMED];
        try {
            Program form = program.with(program.module());
            form.forget();
            for (int i = 0; i < TIMED; i++) {
                ordinary[i] = time(form, invocation, taken.snapshot().calls(), null);
                resumed[i] = time(program, invocation, 1, taken);
                if (ordinary[i] == 0 || resumed[i] == 0) {
                    return Optional.empty();
                }
            }
        } catch (ProgramException e) {
            return Optional.empty();
        }
        return Optional.of(StartGain.of(ordinary, resumed));
    }

    private long time(
            Program program,
            Invocation invocation,
            int calls,
            ProgramSnapshots.@Nullable Taken begin) {
        int volumes = program.presentVolumes().size();
        StartWatch watch = StartWatch.timing(program.entry(), volumes, calls);
        var _ = new GuestRun(sandbox, program, invocation, watch, begin).execute();
        return watch.time();
    }

    /** Takes a snapshot on this thread; returns the reason why there is none. */
    Optional<String> takeNow(Program program, Invocation invocation, Code code) {
        Optional<String> refusal = refusal(program);
        if (refusal.isPresent()) {
            return refusal;
        }
        if (program.isForgotten() || sandbox.heapIsLow().getAsBoolean()) {
            return Optional.of("there is no memory for it now");
        }
        try {
            return new Attempt(program, invocation, variants(program, code)).run();
        } catch (ModuleException | ProgramException | UnresumableException e) {
            return Optional.of(OneLine.of(e));
        }
    }

    private static Optional<String> refusal(Program program) {
        if (program.startFunction().isPresent()) {
            return Optional.of("its module has a start function");
        }
        return program.isReusable()
                ? Optional.empty()
                : Optional.of("its module has exceptions, and functions that are interpreted");
    }

    private Variants variants(Program program, Code code) throws ModuleException {
        Variants known = known(program);
        if (known == null) {
            known = new Variants(program.digest(), code.make(), new HashMap<>());
            variants = known;
        }
        return known;
    }

    /**
     * The last ones, if they are of the program. Others go first: one of a large module has a
     * gigabyte.
     */
    private @Nullable Variants known(Program program) {
        Variants last = variants;
        if (last != null && last.digest().equals(program.digest())) {
            return last;
        }
        variants = null;
        return null;
    }

    /** Gives a snapshot's bytes back. Made here, so that a snapshot does not hold its attempt. */
    private Runnable release(long size) {
        return () -> bytes.addAndGet(-size);
    }

    /** The attempt to take one snapshot. */
    private final class Attempt {
        private final Program program;
        private final Invocation invocation;
        private final Variants forms;
        private final List<String> directories;
        private final List<byte[]> variables;

        /** Another request that began before the last snapshot was there has asked for it, too. */
        private final boolean needless;

        private boolean prepares;

        Attempt(Program program, Invocation invocation, Variants forms) {
            this.program = program;
            this.invocation = invocation;
            this.forms = forms;
            this.prepares = program.initializer().isPresent();
            try (var context =
                    new RunContext(
                            sandbox,
                            program,
                            invocation,
                            OutputStream.nullOutputStream(),
                            new LimitHits())) {
                this.directories = ProgramSnapshots.names(context.preopens());
                this.variables = EnvironmentPlace.encoded(context.environment());
                this.needless = program.snapshots().serves(context);
            }
        }

        /** The reason why there is none. */
        Optional<String> run() throws ProgramException {
            if (needless) {
                return Optional.empty();
            }
            StartWatch search = watch(null, null);
            run(
                    forms.recording().computeIfAbsent(List.of(), _ -> forms.code().watched("")),
                    search);
            if (prepares && search.hasEnded()) {
                return unprepared();
            }
            Optional<StartPoint> point = search.point();
            if (point.isEmpty() || (search.isTooYoung() && program.snapshots().postpone())) {
                return Optional.of(search.reason());
            }
            StartWatch record = watch(point.get(), null);
            CompiledModule recording =
                    forms.recording()
                            .computeIfAbsent(
                                    point.get().stack(),
                                    stack -> forms.code().recording("", stack));
            Optional<GuestState> state = run(recording, record);
            if (state.isEmpty()) {
                return Optional.of(record.reason());
            }
            if (prepares && 2L * state.get().pages() > program.maximumPages()) {
                return unprepared();
            }
            RequestPart request = record.requestPart(variables);
            if (!isProved(recording, point.get(), request, state.get())) {
                return Optional.of("its start depends on what it has not read");
            }
            Resumption resumption =
                    program.module().resumption(point.get().stack(), record.sites(), forms.code());
            LOG.debug("{} stops at call {}", program.digest(), point.get().calls().size());
            return keep(
                    new Snapshot(
                            invocation.arguments(),
                            directories,
                            request,
                            state.get(),
                            record.frames(),
                            resumption,
                            point.get().calls().size()));
        }

        /** Ordinary starts do not fail where a prepared one does, and leave room for requests. */
        private Optional<String> unprepared() throws ProgramException {
            prepares = false;
            return run();
        }

        private Optional<String> keep(Snapshot snapshot) {
            long size = snapshot.bytes(program.module().memoryImage());
            if (bytes.addAndGet(size) > most) {
                bytes.addAndGet(-size);
                return Optional.of(
                        "all snapshots together would have more than " + most + " bytes");
            }
            var taken = new ProgramSnapshots.Taken(snapshot, release(size));
            program.snapshots().add(taken).forEach(sandbox.instances()::forget);
            return Optional.empty();
        }

        private boolean isProved(
                CompiledModule recording, StartPoint point, RequestPart request, GuestState state)
                throws ProgramException {
            byte[] other = request.otherContent(variables).orElseThrow();
            return run(recording, watch(point, other)).filter(state::isSame).isPresent();
        }

        private StartWatch watch(@Nullable StartPoint target, byte @Nullable [] content) {
            int lasting = program.lastingDirectories();
            var watch = new StartWatch(program.entry(), lasting, target, content);
            if (!prepares) {
                watch.leaveUnprepared();
            }
            return watch;
        }

        private Optional<GuestState> run(CompiledModule module, StartWatch watch)
                throws ProgramException {
            Program form = program.with(module);
            form.forget();
            var run = new GuestRun(sandbox, form, invocation, watch, null);
            RunReport report = run.execute();
            LOG.debug("a start of {}: {}, {}", program.digest(), report.outcome(), watch.reason());
            return run.state();
        }
    }

    /** A run begins with a snapshot. */
    void countRun() {
        runs.increment();
    }

    /** Number of runs that have begun with a snapshot. */
    long runs() {
        return runs.sum();
    }

    /** Bytes of all snapshots. */
    long bytes() {
        return bytes.get();
    }

    /** Takes no more snapshots. */
    @Override
    public void close() {
        background.shutdownNow();
    }
}
