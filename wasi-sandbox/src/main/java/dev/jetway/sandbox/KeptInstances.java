package dev.jetway.sandbox;

import dev.jetway.base.ByteSize;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Instances of runs that ended well, kept for the next run that begins as they do and for no other.
 * {@link GuestInstance#end} has removed all traces of the run before, and little has to be
 * allocated. Bounded in bytes of the host; the least recently used is dropped first. Safe to share
 * between threads.
 */
final class KeptInstances {
    private final long limit;
    private final SequencedMap<Owner, Deque<Kept>> kept = new LinkedHashMap<>();
    private long bytes;

    KeptInstances(ByteSize limit) {
        this.limit = limit.bytes();
    }

    /** The begin of instances: a program, or one of its snapshots. */
    interface Owner {
        /** Whether nothing is to be kept for it any more. */
        boolean isForgotten();
    }

    /** An instance that the owner has used before. */
    synchronized Optional<GuestInstance> take(Owner owner) {
        Deque<Kept> own = kept.get(owner);
        if (own == null) {
            return Optional.empty();
        }
        Kept taken = own.pop();
        bytes -= taken.size();
        if (own.isEmpty()) {
            kept.remove(owner);
        }
        return Optional.of(taken.instance());
    }

    /** Keeps an instance that is not in use any more. */
    void keep(Owner owner, GuestInstance instance) {
        keep(owner, new Kept(instance, instance.keptBytes()));
    }

    private synchronized void keep(Owner owner, Kept last) {
        if (last.size() > limit || owner.isForgotten()) {
            return;
        }
        Deque<Kept> own = kept.remove(owner);
        if (own == null) {
            own = new ArrayDeque<>();
        }
        own.push(last);
        kept.putLast(owner, own);
        bytes += last.size();
        while (bytes > limit) {
            drop();
        }
    }

    /** Drops the instances of an owner that is to be forgotten. */
    synchronized void forget(Owner owner) {
        Deque<Kept> own = kept.remove(owner);
        if (own != null) {
            own.forEach(instance -> bytes -= instance.size());
        }
    }

    /** Drops all instances. */
    synchronized void clear() {
        kept.clear();
        bytes = 0;
    }

    /** Drops the oldest instance of the least recently used owner. */
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
