package dev.jetway.sandbox;

import com.dylibso.chicory.runtime.Memory;
import dev.jetway.unit.ByteSize;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Memories of runs that ended well, for the next run of the same program and of no other. The
 * engine fills a memory with zeros before each run, new or not: so nothing of one run is seen by
 * the next, and none has to be allocated. Bounded in bytes; what was used longest ago goes first.
 * Safe to share between threads.
 */
final class KeptMemories {
    private final long limit;
    private final SequencedMap<Program, Deque<Memory>> kept = new LinkedHashMap<>();
    private long bytes;

    KeptMemories(ByteSize limit) {
        this.limit = limit.bytes();
    }

    /** One that the program has used before, with whatever is in it. */
    synchronized Optional<Memory> take(Program program) {
        Deque<Memory> own = kept.get(program);
        if (own == null) {
            return Optional.empty();
        }
        Memory memory = own.pop();
        bytes -= size(memory);
        if (own.isEmpty()) {
            kept.remove(program);
        }
        return Optional.of(memory);
    }

    /** Keeps one that nobody uses any more. */
    synchronized void keep(Program program, Memory memory) {
        long size = size(memory);
        if (size > limit) {
            return;
        }
        Deque<Memory> own = kept.remove(program);
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

    private static long size(Memory memory) {
        return (long) memory.pages() * Memory.PAGE_SIZE;
    }
}
