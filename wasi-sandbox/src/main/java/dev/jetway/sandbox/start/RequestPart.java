package dev.jetway.sandbox.start;

import com.dylibso.chicory.runtime.Memory;
import dev.jetway.base.UnixTime;
import dev.jetway.sandbox.file.Directory;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The part of the request in a guest's state after its start: the bytes of the environment that the
 * guest has read, the files it has looked at, and the places for what each request brings along.
 * Immutable; safe to share between threads.
 */
public final class RequestPart {
    private final @Nullable EnvironmentPlace place;
    private final byte[] recorded;

    /** The bytes of the environment that the guest has read. */
    private final BitSet read;

    private final List<Cell> cells;
    private final List<LookGroup> looks;

    RequestPart(
            @Nullable EnvironmentPlace place,
            List<byte[]> variables,
            List<Cell> cells,
            List<FileLook> looks) {
        this.place = place;
        this.recorded = place == null ? new byte[0] : place.content(variables).orElseThrow();
        this.read = read(cells);
        this.cells = cells;
        this.looks = LookGroup.of(looks);
        wipe();
    }

    /** Keeps only what the guest has read. */
    private void wipe() {
        for (int i = read.nextClearBit(0); i < recorded.length; i = read.nextClearBit(i + 1)) {
            recorded[i] = 0;
        }
    }

    /** All copies of the environment have the same one. */
    private static BitSet read(List<Cell> cells) {
        return cells.stream()
                .filter(cell -> cell.kind() == Cell.Kind.ENVIRONMENT)
                .map(Cell::read)
                .findFirst()
                .orElseGet(BitSet::new);
    }

    /**
     * The content for a request, if the guest would have started like this with it.
     *
     * @param variables asked for only if the guest has asked for its environment
     * @return empty if it may not
     */
    public Optional<byte[]> content(Supplier<List<byte[]>> variables) {
        if (place == null) {
            return Optional.of(new byte[0]);
        }
        return place.content(variables.get()).filter(this::isAsRead);
    }

    private boolean isAsRead(byte[] content) {
        for (int i = read.nextSetBit(0); i >= 0; i = read.nextSetBit(i + 1)) {
            if (content[i] != recorded[i]) {
                return false;
            }
        }
        return true;
    }

    /** Content of the same variables with other bytes wherever the guest has not read any. */
    public Optional<byte[]> otherContent(List<byte[]> variables) {
        return content(() -> variables)
                .map(content -> {
                    for (int i = read.nextClearBit(0);
                            i < content.length;
                            i = read.nextClearBit(i + 1)) {
                        content[i] ^= 1;
                    }
                    return content;
                });
    }

    /**
     * Whether all files are as the guest has found them.
     *
     * @param directories that the guest has from its start
     */
    public boolean filesAreTheSame(Supplier<List<Directory>> directories) {
        if (looks.isEmpty()) {
            return true;
        }
        List<Directory> all = directories.get();
        return looks.stream().allMatch(group -> group.isTrue(all));
    }

    /** Where the request's own bytes come from. */
    public record Sources(
            Supplier<Instant> realtime, LongSupplier monotonic, RandomGenerator random) {}

    /**
     * Gives a guest what belongs to its request.
     *
     * @param content of its environment
     */
    public void write(Memory memory, byte[] content, Sources sources) {
        for (Cell cell : cells) {
            byte[] bytes =
                    switch (cell.kind()) {
                        case ENVIRONMENT -> content;
                        case REALTIME -> bytes(UnixTime.nanos(sources.realtime().get()));
                        case MONOTONIC -> bytes(sources.monotonic().getAsLong());
                        case RANDOM -> {
                            var random = new byte[cell.size()];
                            sources.random().nextBytes(random);
                            yield random;
                        }
                    };
            write(memory, cell, bytes);
        }
    }

    private static void write(Memory memory, Cell cell, byte[] bytes) {
        BitSet live = cell.live();
        int from = live.nextSetBit(0);
        while (from >= 0) {
            int to = live.nextClearBit(from);
            memory.write(cell.address() + from, bytes, from, to - from);
            from = live.nextSetBit(to);
        }
    }

    private static byte[] bytes(long value) {
        var bytes = new byte[Long.BYTES];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (value >>> (Byte.SIZE * i));
        }
        return bytes;
    }
}
