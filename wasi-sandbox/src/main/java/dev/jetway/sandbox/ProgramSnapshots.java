package dev.jetway.sandbox;

import dev.jetway.module.memory.LinearMemory;
import dev.jetway.sandbox.host.Preopen;
import dev.jetway.sandbox.start.EnvironmentPlace;
import dev.jetway.sandbox.start.RequestPart;
import dev.jetway.sandbox.start.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The snapshots of one program, the one used last first. Safe to share between threads. */
final class ProgramSnapshots {
    /** Maximum number of snapshots of a program. */
    static final int MOST = 8;

    /** Maximum number of attempts to take one: requests that all start differently end them. */
    static final int ATTEMPTS = 64;

    private final AtomicReference<List<Taken>> all = new AtomicReference<>(List.of());
    private final AtomicInteger attempts = new AtomicInteger();
    private final AtomicReference<@Nullable Optional<String>> told = new AtomicReference<>();
    private final LongAdder uses = new LongAdder();
    private volatile boolean forgotten;
    private volatile @Nullable Predicate<Invocation> taker;

    /** A snapshot whose instances are kept. */
    static final class Taken implements KeptInstances.Owner {
        private final Snapshot snapshot;
        private final Runnable release;
        private final AtomicBoolean dropped = new AtomicBoolean();

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

    /**
     * Begins to take snapshots.
     *
     * @param taking takes one in the background; false if it has too much to do
     */
    void begin(Predicate<Invocation> taking) {
        taker = taking;
    }

    /** Whether snapshots are taken. */
    boolean isOn() {
        return taker != null;
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
                Optional<byte[]> content = snapshot.request().content(variables);
                if (content.isPresent() && isTrue(taken, run)) {
                    use(taken);
                    uses.increment();
                    return Optional.of(new Begin(taken, content.get()));
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

    private void drop(Taken taken) {
        taken.drop();
        all.updateAndGet(known -> known.stream().filter(other -> other != taken).toList());
    }

    /** A run has begun without a snapshot, and ended well. */
    void missed(Invocation invocation) {
        Predicate<Invocation> taking = taker;
        if (taking != null && attempts.get() < ATTEMPTS && taking.test(invocation)) {
            attempts.incrementAndGet();
        }
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
        taker = null;
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
