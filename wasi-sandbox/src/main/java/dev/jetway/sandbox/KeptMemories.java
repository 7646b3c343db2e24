package dev.jetway.sandbox;

import dev.jetway.unit.ByteSize;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Memories of runs that ended well, for the next run of the same program and of no other. {@link
 * PagedMemory#end()} has left nothing of one run that the next could see, and little has to be
 * allocated. Bounded in bytes of the host; what was used longest ago goes first. Safe to share
 * between threads.
 */
final class KeptMemories {
    private final long limit;
    private final SequencedMap<Program, Deque<PagedMemory>> kept = new LinkedHashMap<>();
    private long bytes;

    KeptMemories(ByteSize limit) {
        this.limit = limit.bytes();
    }

    /** One that the program has used before. */
    synchronized Optional<PagedMemory> take(Program program) {
        Deque<PagedMemory> own = kept.get(program);
        if (own == null) {
            return Optional.empty();
        }
        PagedMemory memory = own.pop();
        bytes -= size(memory);
        if (own.isEmpty()) {
            kept.remove(program);
        }
        return Optional.of(memory);
    }

    /** Keeps one that nobody uses any more. */
    synchronized void keep(Program program, PagedMemory memory) {
        long size = size(memory);
        if (size > limit) {
            return;
        }
        Deque<PagedMemory> own = kept.remove(program);
        if (own == null) {
            own = new ArrayDeque<>();
        }
        own.push(memory);
        kept.putLast(program, own);
        bytes += size;
        while (bytes > limit) {
            drop();
        }
    }

    /** Gives all of them up. */
    synchronized void clear() {
        kept.clear();
        bytes = 0;
    }

    /** The coldest memory of the program that ran longest ago. */
    private void drop() {
        var eldest = kept.firstEntry();
        bytes -= size(eldest.getValue().removeLast());
        if (eldest.getValue().isEmpty()) {
            kept.remove(eldest.getKey());
        }
    }

    /** Bytes of all that are kept. */
    synchronized long bytes() {
        return bytes;
    }

    private static long size(PagedMemory memory) {
        return memory.keptBytes();
    }
}
