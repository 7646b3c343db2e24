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
 * allocated. Bounded in bytes of the host, those of small instances and those of all; the least
 * recently used is dropped first. Safe to share between threads.
 */
final class KeptInstances {
    /** Bytes of the smallest instance that is large: making it costs more than its place. */
    static final ByteSize LARGE = ByteSize.ofMebibytes(1);

    private final long smallLimit;
    private final long limit;
    private final SequencedMap<Owner, Deque<Kept>> kept = new LinkedHashMap<>();
    private long smallBytes;
    private long bytes;

    /**
     * No instances.
     *
     * @param smallLimit of all instances below {@link #LARGE}
     * @param limit of all instances
     */
    KeptInstances(ByteSize smallLimit, ByteSize limit) {
        this.smallLimit = smallLimit.bytes();
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
        count(taken, -1);
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
        count(last, 1);
        while (smallBytes > smallLimit) {
            drop(true);
        }
        while (bytes > limit) {
            drop(false);
        }
    }

    private void count(Kept instance, int sign) {
        bytes += sign * instance.size();
        smallBytes += instance.isSmall() ? sign * instance.size() : 0;
    }

    /** Drops the instances of an owner that is to be forgotten. */
    synchronized void forget(Owner owner) {
        Deque<Kept> own = kept.remove(owner);
        if (own != null) {
            own.forEach(instance -> count(instance, -1));
        }
    }

    /** Drops all instances. */
    synchronized void clear() {
        kept.clear();
        smallBytes = 0;
        bytes = 0;
    }

    /** Drops the oldest instance of the least recently used owner, of those that have one. */
    private void drop(boolean small) {
        for (var owners = kept.values().iterator(); owners.hasNext(); ) {
            Deque<Kept> own = owners.next();
            for (var instances = own.descendingIterator(); instances.hasNext(); ) {
                Kept instance = instances.next();
                if (instance.isSmall() || !small) {
                    instances.remove();
                    count(instance, -1);
                    if (own.isEmpty()) {
                        owners.remove();
                    }
                    return;
                }
            }
        }
    }

    /** Bytes of all kept instances. */
    synchronized long bytes() {
        return bytes;
    }

    private record Kept(GuestInstance instance, long size) {
        boolean isSmall() {
            return size < LARGE.bytes();
        }
    }
}
