package dev.jetway.sandbox;

import dev.jetway.base.ByteSize;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Instances of runs that ended well, kept for the next run of the same program and of no other.
 * {@link GuestInstance#end} has removed all traces of the run before, and little has to be
 * allocated. Bounded in bytes of the host; the least recently used is dropped first. Safe to share
 * between threads.
 */
final class KeptInstances {
    private final long limit;
    private final SequencedMap<Program, Deque<Kept>> kept = new LinkedHashMap<>();
    private long bytes;

    KeptInstances(ByteSize limit) {
        this.limit = limit.bytes();
    }

    /** An instance that the program has used before. */
    synchronized Optional<GuestInstance> take(Program program) {
        Deque<Kept> own = kept.get(program);
        if (own == null) {
            return Optional.empty();
        }
        Kept taken = own.pop();
        bytes -= taken.size();
        if (own.isEmpty()) {
            kept.remove(program);
        }
        return Optional.of(taken.instance());
    }

    /** Keeps an instance that is not in use any more. */
    void keep(Program program, GuestInstance instance) {
        keep(program, new Kept(instance, instance.keptBytes()));
    }

    private synchronized void keep(Program program, Kept last) {
        if (last.size() > limit || program.isForgotten()) {
            return;
        }
        Deque<Kept> own = kept.remove(program);
        if (own == null) {
            own = new ArrayDeque<>();
        }
        own.push(last);
        kept.putLast(program, own);
        bytes += last.size();
        while (bytes > limit) {
            drop();
        }
    }

    /** Drops the instances of a program, and keeps none of it any more. */
    synchronized void forget(Program program) {
        program.forget();
        Deque<Kept> own = kept.remove(program);
        if (own != null) {
            own.forEach(instance -> bytes -= instance.size());
        }
    }

    /** Drops all instances. */
    synchronized void clear() {
        kept.clear();
        bytes = 0;
    }

    /** Drops the oldest instance of the least recently run program. */
    private void drop() {
        var eldest = kept.firstEntry();
        bytes -= eldest.getValue().removeLast().size();
        if (eldest.getValue().isEmpty()) {
            kept.remove(eldest.getKey());
        }
    }

    /** Bytes of all kept instances. */
    synchronized long bytes() {
        return bytes;
    }

    private record Kept(GuestInstance instance, long size) {}
}
