package dev.jetway.sandbox.memory;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.types.DataSegment;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.PassiveDataSegment;
import dev.jetway.module.MemoryImage;
import dev.jetway.module.memory.LinearMemory;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The linear memory of one instance after another of one program. A reset restores the cards that
 * were written to: from the module's image, and with zeros behind it. An array that may be longer
 * than the memory keeps the size it has grown to, as zeros, for the next run that grows; one that
 * is exactly as long is dropped for the first.
 */
public final class FlatMemory extends LinearMemory {
    /** Maximum size in bytes of an array that a guest may have while the heap is low. */
    public static final int BYTES_IN_NEED = 256 * 1024;

    private static final byte[] ZEROS = new byte[CARD];

    /** Cards that are compared at once: many of a large memory are not marked. */
    private static final short[] UNMARKED = new short[1 << 9];

    private final MemoryImage image;
    private final MemoryAccount account;
    private final BooleanSupplier heapIsLow;

    /** The initial segments: the engine removes dropped ones from its own array. */
    private DataSegment[] allSegments = {};

    /** The arrays at the begin of a run in which they were replaced by longer, exact ones. */
    private @Nullable First first;

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record First(byte[] bytes, short[] cards) {}

    /** Bytes that the account has granted. */
    private long granted;

    private @Nullable String refusedBy;
    private List<Boolean> dropped = List.of();

    /**
     * A memory as its module declares it, begun.
     *
     * @param limits not shared; the maximum is the limit of the guest
     * @param image the initial content; filled by the first memory of a program
     * @param heapIsLow whether the host has only a little memory for guests
     * @throws MemoryRefusedException if the account or the heap does not hold its first pages
     */
    public FlatMemory(
            MemoryLimits limits,
            MemoryImage image,
            MemoryAccount account,
            BooleanSupplier heapIsLow) {
        super(granted(limits, account, heapIsLow));
        this.heapIsLow = heapIsLow;
        this.image = image;
        this.account = account;
        this.granted = limit;
    }

    /** Reserves memory before an array is allocated. */
    private static MemoryLimits granted(
            MemoryLimits limits, MemoryAccount account, BooleanSupplier heapIsLow) {
        long size = (long) limits.initialPages() * PAGE_SIZE;
        if (size > BYTES_IN_NEED && heapIsLow.getAsBoolean()) {
            throw new MemoryRefusedException(HeapReserve.LIMIT);
        }
        reserve(account, size);
        return limits;
    }

    private static void reserve(MemoryAccount account, long size) {
        Optional<String> refusal = account.reserve(size);
        if (refusal.isPresent()) {
            throw new MemoryRefusedException(refusal.get());
        }
    }

    /**
     * Begins another run, after {@link #end}.
     *
     * @throws MemoryRefusedException if the account does not hold its first pages
     */
    public void begin() {
        reserve(account, limit);
        granted = limit;
    }

    /** Removes all traces of the guest and releases its memory. */
    public void end() {
        account.release(granted);
        granted = 0;
        limit = initialPages() * PAGE_SIZE;
        if (first != null) {
            bytes = first.bytes();
            cards = first.cards();
            first = null;
        }
        clean();
        dropFrames();
        System.arraycopy(allSegments, 0, segments(), 0, allSegments.length);
        refusedBy = null;
    }

    /** Bytes of the host that are kept for the next use. */
    public long keptBytes() {
        return bytes.length
                + (long) Short.BYTES * cards.length
                + (long) Long.BYTES * allSegments.length;
    }

    /** The name of the limit that refused growth, if one did. */
    public Optional<String> refusedBy() {
        return Optional.ofNullable(refusedBy);
    }

    @Override
    protected int grow(int more, boolean exactly) {
        int before = pages();
        if (more < 0 || (long) before + more > maximumPages()) {
            refusedBy = "memory";
            return -1;
        }
        if (more == 0) {
            return before;
        }
        long size = (long) more * PAGE_SIZE;
        Optional<String> refusal =
                heapIsLow.getAsBoolean() ? Optional.of(HeapReserve.LIMIT) : account.reserve(size);
        if (refusal.isPresent()) {
            refusedBy = refusal.get();
            return -1;
        }
        if (exactly && first == null) {
            first = new First(bytes, cards);
        }
        try {
            enlarge((before + more) * PAGE_SIZE, exactly);
        } catch (OutOfMemoryError e) {
            account.release(size);
            throw e;
        }
        granted += size;
        return before;
    }

    /** Begins each run without some segments, by number. Called before {@link #initialize}. */
    public void withoutSegments(List<Boolean> droppedBefore) {
        dropped = droppedBefore;
    }

    /** Which segments of the module have been dropped, by number. */
    @SuppressWarnings("ReferenceEquality") // The engine's mark of a dropped segment.
    public List<Boolean> droppedSegments() {
        return Arrays.stream(segments()).map(s -> s == PassiveDataSegment.EMPTY).toList();
    }

    /**
     * A copy of the present content.
     *
     * @param shared an image whose pieces the copy uses where they are equal
     */
    public MemoryImage copy(MemoryImage shared) {
        byte @Nullable [] @Nullable [] others = shared.pieces();
        var pieces = new byte[limit / CARD][];
        for (int piece = 0; piece < pieces.length; piece++) {
            int from = piece * CARD;
            byte[] other = others == null || piece >= others.length ? null : others[piece];
            if (other != null && Arrays.equals(bytes, from, from + CARD, other, 0, CARD)) {
                pieces[piece] = other;
            } else if (!Arrays.equals(bytes, from, from + CARD, ZEROS, 0, CARD)) {
                pieces[piece] = Arrays.copyOfRange(bytes, from, from + CARD);
            }
        }
        var copy = new MemoryImage();
        copy.take(pieces);
        return copy;
    }

    /** Restores the initial content of the array. */
    private void clean() {
        int card = marked(0);
        while (card < cards.length) {
            cards[card] = 0;
            int from = Math.min(card * CARD, bytes.length);
            int next = Math.min(from + CARD, bytes.length);
            restore(Math.max(from - OVERLAP, 0), from);
            restore(from, next);
            restore(next, Math.min(next + OVERLAP, bytes.length));
            card = marked(card + 1);
        }
    }

    /** The first marked card from this one on; the number of cards if there is none. */
    private int marked(int from) {
        for (int at = from; at < cards.length; at += UNMARKED.length) {
            int end = Math.min(at + UNMARKED.length, cards.length);
            int found = Arrays.mismatch(cards, at, end, UNMARKED, 0, end - at);
            if (found >= 0) {
                return at + found;
            }
        }
        return cards.length;
    }

    /** Restores a range within one card. */
    private void restore(int from, int to) {
        byte @Nullable [] @Nullable [] pieces = image.pieces();
        int piece = from / CARD;
        byte[] shown = pieces == null || piece >= pieces.length ? null : pieces[piece];
        if (from < to) {
            int skipped = shown == null ? 0 : from % CARD;
            System.arraycopy(shown == null ? ZEROS : shown, skipped, bytes, from, to - from);
        }
    }

    @Override
    public void initialize(Instance instance, DataSegment @Nullable [] data, int memoryIndex) {
        byte @Nullable [] @Nullable [] pieces = image.pieces();
        if (pieces == null) {
            // The first run of the program.
            super.initialize(instance, data, memoryIndex);
            image.take(written());
        } else {
            use(instance, data);
            for (int piece = 0; piece < pieces.length; piece++) {
                byte[] shown = pieces[piece];
                if (shown != null) {
                    System.arraycopy(shown, 0, bytes, piece * CARD, CARD);
                }
            }
        }
        for (int segment = 0; segment < dropped.size(); segment++) {
            if (dropped.get(segment)) {
                drop(segment);
            }
        }
        Arrays.fill(cards, (short) 0);
        allSegments = segments().clone();
    }

    /** The content of the data segments, in pieces of a card; null where all is zero. */
    private byte[] @Nullable [] written() {
        var pieces = new byte[bytes.length / CARD][];
        for (int piece = 0; piece < pieces.length; piece++) {
            int from = piece * CARD;
            if (cards[piece] != 0 && !Arrays.equals(bytes, from, from + CARD, ZEROS, 0, CARD)) {
                pieces[piece] = Arrays.copyOfRange(bytes, from, from + CARD);
            }
        }
        return pieces;
    }

    /** Does nothing: the memory is in its initial state since {@link #begin}. */
    @Override
    public void zero() {
        // No code of the guest has run.
    }
}
