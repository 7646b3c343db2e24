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
import org.jspecify.annotations.Nullable;

/** The snapshots of one program, the one used last first. Safe to share between threads. */
final class ProgramSnapshots {
    /** Maximum number of snapshots of a program. */
    static final int MOST = 8;

    /** Maximum number of attempts to take one: requests that all start differently end them. */
    static final int ATTEMPTS = 64;

    /** Maximum processor time of all attempts together. */
    static final Duration TIME = Duration.ofMinutes(1);

    /** The run of a snapshot after which it is measured what it saves: the JIT has compiled it. */
    static final int MEASURED_AT = 1000;

    private final AtomicReference<List<Taken>> all = new AtomicReference<>(List.of());
    private final AtomicInteger attempts = new AtomicInteger();
    private final AtomicReference<@Nullable Optional<String>> told = new AtomicReference<>();
    private final LongAdder uses = new LongAdder();
    private volatile boolean forgotten;
    private volatile @Nullable Background background;
    private final LongAdder spent = new LongAdder();

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
        Optional<Begin> begin(List<byte[]> variables) {
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
        List<Taken> known = all.get();
        if (known.isEmpty()) {
            return Optional.empty();
        }
        List<byte[]> variables = EnvironmentPlace.encoded(run.environment());
        for (Taken taken : known) {
            Snapshot snapshot = taken.snapshot();
            if (snapshot.arguments().equals(run.arguments())) {
                Optional<Begin> begin = taken.begin(variables);
                if (begin.isPresent() && isTrue(taken, run)) {
                    use(taken);
                    uses.increment();
                    return begin;
                }
            }
        }
        return Optional.empty();
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
        return attempts.get() < ATTEMPTS && spent.sum() < TIME.toNanos();
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
        attempts.set(ATTEMPTS);
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
