package dev.jetway.sandbox;

import dev.jetway.base.ByteSize;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Instances of runs that ended well, for the next run of the same program and of no other. {@link
 * GuestInstance#end} has left nothing of one run that the next could see, and little has to be
 * allocated. Bounded in bytes of the host; what was used longest ago goes first. Safe to share
 * between threads.
 */
final class KeptInstances {
    private final long limit;
    private final SequencedMap<Program, Deque<Kept>> kept = new LinkedHashMap<>();
    private long bytes;

    KeptInstances(ByteSize limit) {
        this.limit = limit.bytes();
    }

    /** One that the program has used before. */
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

    /** Keeps one that nobody uses any more. */
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

    /** Gives up those of a program, and takes none of it any more. */
    synchronized void forget(Program program) {
        program.forgotten();
        Deque<Kept> own = kept.remove(program);
        if (own != null) {
            own.forEach(instance -> bytes -= instance.size());
        }
    }

    /** Gives all of them up. */
    synchronized void clear() {
        kept.clear();
        bytes = 0;
    }

    /** The coldest of the program that ran longest ago. */
    private void drop() {
        var eldest = kept.firstEntry();
        bytes -= eldest.getValue().removeLast().size();
        if (eldest.getValue().isEmpty()) {
            kept.remove(eldest.getKey());
        }
    }

    /** Bytes of all that are kept. */
    synchronized long bytes() {
        return bytes;
    }

    private record Kept(GuestInstance instance, long size) {}
}
