package dev.jetway.sandbox;

import dev.jetway.module.memory.LinearMemory;
import dev.jetway.sandbox.host.Preopen;
import dev.jetway.sandbox.start.EnvironmentPlace;
import dev.jetway.sandbox.start.RequestPart;
import dev.jetway.sandbox.start.Snapshot;
import dev.jetway.sandbox.start.SnapshotState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The snapshots of one program, the one used last first. Safe to share between threads. */
final class ProgramSnapshots {
    /** Maximum number of snapshots of a program. */
    static final int MOST = 8;

    /** Attempts to take one: requests that all start differently use them up. */
    static final int ATTEMPTS = 64;

    /** Time in which one more attempt is granted. */
    static final Duration ATTEMPT_EVERY = Duration.ofMinutes(10);

    /** Processor time of all attempts together. */
    static final Duration TIME = Duration.ofMinutes(1);

    /** Of the time since the first attempt, the part that is granted besides, as 1 in so many. */
    static final int SHARE = 100;

    /** Maximum number of attempts in a row that are postponed because of a file. */
    static final int POSTPONED = 5;

    /** The time for which the first is postponed; twice as long for each that follows. */
    static final Duration POSTPONED_FOR = Duration.ofSeconds(2);

    /** The run of a snapshot after which it is measured what it saves: the JIT has compiled it. */
    static final int MEASURED_AT = 1000;

    private final AtomicReference<List<Taken>> all = new AtomicReference<>(List.of());
    private final AtomicInteger attempts = new AtomicInteger();
    private final AtomicReference<@Nullable Optional<String>> told = new AtomicReference<>();
    private final LongAdder uses = new LongAdder();
    private volatile boolean forgotten;
    private volatile @Nullable Background background;
    private final LongAdder spent = new LongAdder();
    private final LongSupplier nanos;
    private final long began;
    private final AtomicInteger postponed = new AtomicInteger();
    private volatile long notBefore;
    private volatile boolean ended;

    ProgramSnapshots() {
        this(System::nanoTime);
    }

    /**
     * No snapshots yet.
     *
     * @param nanos a clock that never goes back, in nanoseconds
     */
    ProgramSnapshots(LongSupplier nanos) {
        this.nanos = nanos;
        this.began = nanos.getAsLong();
        this.notBefore = began;
    }

    /** Work in the background; false if there is too much to do. */
    interface Background {
        /** Takes a snapshot. */
        boolean take(Invocation invocation);

        /** Measures what a snapshot saves. */
        boolean measure(Taken taken, Invocation invocation);
    }

    /** A snapshot whose instances are kept. */
    static final class Taken implements KeptInstances.Owner {
        private final Snapshot snapshot;
        private final Runnable release;
        private final AtomicBoolean dropped = new AtomicBoolean();
        private final AtomicInteger runs = new AtomicInteger();

        /**
         * A snapshot.
         *
         * @param release gives its bytes back, once
         */
        Taken(Snapshot snapshot, Runnable release) {
            this.snapshot = snapshot;
            this.release = release;
        }

        private void drop() {
            if (!dropped.getAndSet(true)) {
                release.run();
            }
        }

        Snapshot snapshot() {
            return snapshot;
        }

        /** Its beginning for a run; empty if that would start in another way. */
        Optional<Begin> begin(Supplier<List<byte[]>> variables) {
            return snapshot.request().content(variables).map(content -> new Begin(this, content));
        }

        @Override
        public boolean isForgotten() {
            return dropped.get();
        }
    }

    /**
     * The begin of one run.
     *
     * @param content of its environment
     */
    @SuppressWarnings("ArrayRecordComponent") // Not compared.
    record Begin(Taken taken, byte[] content) {
        void write(LinearMemory memory, RequestPart.Sources sources) {
            taken.snapshot().request().write(memory, content, sources);
        }
    }

    /** Begins to take snapshots. */
    void begin(Background taking) {
        background = taking;
    }

    /** Whether snapshots are taken. */
    boolean isOn() {
        return background != null;
    }

    /** The snapshot that a run may begin with. */
    Optional<Begin> find(RunContext run) {
        Optional<Begin> found = search(run);
        found.ifPresent(begin -> {
            use(begin.taken());
            uses.increment();
        });
        return found;
    }

    /** Whether a run might begin with a snapshot. */
    boolean serves(RunContext run) {
        return search(run).isPresent();
    }

    private Optional<Begin> search(RunContext run) {
        var variables = new Variables(run);
        for (Taken taken : all.get()) {
            Snapshot snapshot = taken.snapshot();
            if (snapshot.arguments().equals(run.arguments())) {
                Optional<Begin> begin = taken.begin(variables);
                if (begin.isPresent() && isTrue(taken, run)) {
                    return begin;
                }
            }
        }
        return Optional.empty();
    }

    /** The variables of a run, made when they are first asked for. */
    private static final class Variables implements Supplier<List<byte[]>> {
        private final RunContext run;
        private @Nullable List<byte[]> known;

        Variables(RunContext run) {
            this.run = run;
        }

        @Override
        public List<byte[]> get() {
            List<byte[]> encoded = known;
            if (encoded == null) {
                encoded = EnvironmentPlace.encoded(run.environment());
                known = encoded;
            }
            return encoded;
        }
    }

    /** A snapshot of other files is dropped. */
    private boolean isTrue(Taken taken, RunContext run) {
        List<Preopen> directories = run.preopens();
        boolean same =
                taken.snapshot().directories().equals(names(directories))
                        && taken.snapshot()
                                .request()
                                .filesAreTheSame(() ->
                                        directories.stream().map(Preopen::directory).toList());
        if (!same) {
            drop(taken);
        }
        return same;
    }

    static List<String> names(List<Preopen> directories) {
        return directories.stream().map(Preopen::name).toList();
    }

    private void use(Taken taken) {
        if (all.get().getFirst() != taken) {
            all.updateAndGet(known -> {
                var order = new ArrayList<>(known);
                if (order.remove(taken)) {
                    order.addFirst(taken);
                }
                return List.copyOf(order);
            });
        }
    }

    /** Drops a snapshot. */
    void drop(Taken taken) {
        taken.drop();
        all.updateAndGet(known -> known.stream().filter(other -> other != taken).toList());
    }

    /** A run has begun without a snapshot, and ended well. */
    void missed(Invocation invocation) {
        Background taking = background;
        if (taking != null && mayTry() && taking.take(invocation)) {
            attempts.incrementAndGet();
        }
    }

    private boolean mayTry() {
        long now = nanos.getAsLong();
        long since = now - began;
        return !ended
                && now - notBefore >= 0
                && attempts.get() < ATTEMPTS + since / ATTEMPT_EVERY.toNanos()
                && spent.sum() < TIME.toNanos() + since / SHARE;
    }

    /**
     * Puts attempts off, because a file is too young to be a condition; false if that was done too
     * often in a row, or if no requests come that might try again.
     */
    boolean postpone() {
        int before = postponed.get();
        if (!isOn() || before >= POSTPONED) {
            return false;
        }
        postponed.set(before + 1);
        notBefore = nanos.getAsLong() + (POSTPONED_FOR.toNanos() << before);
        return true;
    }

    /** A run has begun with a snapshot, and ended well. */
    void ended(Begin begin, Invocation invocation) {
        Background measuring = background;
        Taken taken = begin.taken();
        if (measuring != null
                && taken.runs.incrementAndGet() == MEASURED_AT
                && !measuring.measure(taken, invocation)) {
            taken.runs.set(0);
        }
    }

    /** Processor time that an attempt has taken. */
    void spend(Duration time) {
        spent.add(time.toNanos());
    }

    /** Ends all attempts: a snapshot has saved too little. */
    void giveUp(String reason) {
        ended = true;
        told.set(Optional.of(reason));
    }

    /** The snapshots at this moment. */
    SnapshotState state() {
        Optional<String> last = told.get();
        return new SnapshotState(count(), uses(), last == null ? Optional.empty() : last);
    }

    /**
     * Adds a snapshot; nothing is done if the program is to be forgotten.
     *
     * @return those that it has displaced
     */
    List<Taken> add(Taken added) {
        postponed.set(0);
        List<Taken> before = all.get();
        all.updateAndGet(known -> {
            var order = new ArrayList<>(known);
            order.addFirst(added);
            return List.copyOf(order.subList(0, Math.min(order.size(), MOST)));
        });
        if (forgotten) {
            return forget();
        }
        List<Taken> after = all.get();
        List<Taken> displaced = before.stream().filter(taken -> !after.contains(taken)).toList();
        displaced.forEach(Taken::drop);
        return displaced;
    }

    /** Ends it for good; returns what is not to be kept any more. */
    List<Taken> forget() {
        forgotten = true;
        background = null;
        List<Taken> known = all.getAndSet(List.of());
        known.forEach(Taken::drop);
        return known;
    }

    /** Whether an attempt ended in another way than the one before. */
    boolean tell(Optional<String> refusal) {
        return !refusal.equals(told.getAndSet(refusal));
    }

    /** Number of runs that began with a snapshot. */
    long uses() {
        return uses.sum();
    }

    /** The snapshots, the one used last first. */
    List<Taken> all() {
        return all.get();
    }

    /** Number of snapshots. */
    int count() {
        return all.get().size();
    }
}
