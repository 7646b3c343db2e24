package dev.jetway.module.memory;

import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import com.dylibso.chicory.runtime.ConstantEvaluators;
import com.dylibso.chicory.runtime.GlobalInstance;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.runtime.WasmRuntimeException;
import com.dylibso.chicory.wasm.UninstantiableException;
import com.dylibso.chicory.wasm.types.ActiveDataSegment;
import com.dylibso.chicory.wasm.types.DataSegment;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.PassiveDataSegment;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The memory of generated code: one array whose beginning is the memory, and for each 4 KiB a card
 * that shows whether it may have been written to. The rest of the array is zeros, for {@link
 * #grow}. Generated code reads arrays and limit into locals, and again after each call. A write of
 * up to 8 bytes marks the card of its first byte, a longer one all its cards; one within {@link
 * #NEAR} bytes of a marked one needs none. Not shared between threads, except {@link #stopped}.
 */
public class LinearMemory implements Memory {
    /** Bytes of a card. */
    public static final int CARD = 4096;

    static final int CARD_SHIFT = 12;

    /**
     * Maximum distance in bytes of a write without a card of its own from one that marks a card.
     */
    public static final int NEAR = 256;

    /** Bytes on both sides of a marked card that may have been written to. */
    protected static final int OVERLAP = NEAR + Long.BYTES - 1;

    /** Bytes after which a long operation checks whether it was stopped. */
    private static final int BYTES_WITHOUT_LOOK = 1 << 20;

    /**
     * Fraction by which a new array exceeds the size asked for, so that growth in small steps takes
     * linear time.
     */
    private static final int SPARE_PART = 4;

    /** Maximum length of a frame that is kept for the next call. */
    static final int LONGEST_FRAME = 128;

    /** Maximum number of frames that are kept. */
    static final int FRAMES = 16;

    private static final long[][] NONE = {};

    /** The memory, then zeros. Read by generated code, replaced by {@link #grow}. */
    public byte[] bytes;

    /** Size of the memory in bytes. */
    public int limit;

    /** A card is not 0 where the memory may have been written to. */
    public short[] cards;

    /**
     * Global 0 of the instance that the memory was made for, if that imports none. Read by
     * generated code.
     */
    public @Nullable GlobalInstance firstGlobal;

    /** Whether the guest has been told to end. Written by any thread. */
    public volatile boolean stopped;

    private final MemoryLimits limits;
    private long[][] frames = NONE;
    private int framesKept;
    private DataSegment[] segments = {};
    private @Nullable GuestWatch watch;

    /** A memory of zeros of the initial size. */
    public LinearMemory(MemoryLimits limits) {
        this.limits = limits;
        this.limit = limits.initialPages() * PAGE_SIZE;
        this.bytes = new byte[limit];
        this.cards = new short[cardsFor(limit)];
    }

    /** Cards for an array, and one for a write that reaches beyond its end. */
    protected static int cardsFor(int size) {
        return (size >>> CARD_SHIFT) + 1;
    }

    /**
     * A frame for a call of a function in pieces: one that {@link #keepFrame} has kept, or a new
     * one. What it holds is of no meaning: generated code writes each place before it reads it.
     *
     * @param length the least length
     * @param memory a {@link LinearMemory}
     */
    public static long[] frame(int length, Memory memory) {
        var owner = (LinearMemory) memory;
        int kept = owner.framesKept - 1;
        if (kept >= 0 && length <= LONGEST_FRAME) {
            owner.framesKept = kept;
            long[] frame = owner.frames[kept];
            if (frame.length >= length) {
                return frame;
            }
        }
        return new long[length];
    }

    /**
     * Keeps a frame for the next call, if it is not too long and not too many are kept.
     *
     * @param memory a {@link LinearMemory}
     */
    public static void keepFrame(long[] frame, Memory memory) {
        var owner = (LinearMemory) memory;
        int kept = owner.framesKept;
        if (frame.length > LONGEST_FRAME || kept == FRAMES) {
            return;
        }
        if (owner.frames.length == 0) {
            owner.frames = new long[FRAMES][];
        }
        owner.frames[kept] = frame;
        owner.framesKept = kept + 1;
    }

    /** Keeps no frame any longer: they hold numbers of the guest. */
    protected final void dropFrames() {
        frames = NONE;
        framesKept = 0;
    }

    private WasmRuntimeException outOfBounds(int address, int size) {
        return new WasmRuntimeException(
                "out of bounds memory access: attempted to access address: "
                        + address
                        + " but limit is: "
                        + limit
                        + " and size: "
                        + size);
    }

    /** Has the uses of this memory watched that generated code does not do itself. */
    public final void watch(@Nullable GuestWatch watching) {
        watch = watching;
    }

    private void reads(int address, int size) {
        if (watch != null) {
            watch.read(address, size);
        }
    }

    private void writes(int address, int size) {
        if (watch != null) {
            watch.written(address, size);
        }
    }

    /** Checks a range; both numbers come from the guest. */
    private void check(int address, int size) {
        if (address < 0 || size < 0 || (long) address + size > limit) {
            throw outOfBounds(address, size);
        }
    }

    private void look() {
        if (stopped || Thread.currentThread().isInterrupted()) {
            throw new ChicoryInterruptedException("Thread interrupted");
        }
    }

    private void mark(int address, int size) {
        if (size > 0) {
            int last = (address + size - 1) >>> CARD_SHIFT;
            Arrays.fill(cards, address >>> CARD_SHIFT, last + 1, (short) 1);
        }
    }

    @Override
    public final int pages() {
        return limit / PAGE_SIZE;
    }

    @Override
    public final int grow(int more) {
        return grow(more, false);
    }

    /**
     * Grows a memory whose array is exactly as long, to one whose array is, too. Called by
     * generated code.
     *
     * @param more pages
     * @param memory a {@link LinearMemory}
     * @return pages before, or -1 if that is refused
     */
    public static int growExactly(int more, Memory memory) {
        return ((LinearMemory) memory).grow(more, true);
    }

    /**
     * Grows the memory.
     *
     * @param more pages
     * @param exactly whether the array becomes exactly as long as the memory
     * @return pages before, or -1 if that is refused
     */
    protected int grow(int more, boolean exactly) {
        int before = pages();
        long after = (long) before + more;
        if (more < 0 || after > limits.maximumPages()) {
            return -1;
        }
        enlarge((int) after * PAGE_SIZE, exactly);
        return before;
    }

    /** Moves the limit up; the arrays are replaced if they are too short. */
    protected final void enlarge(int size, boolean exactly) {
        if (size > bytes.length) {
            long most = (long) limits.maximumPages() * PAGE_SIZE;
            long spare = exactly ? 0 : size / SPARE_PART;
            int room = (int) Math.min(most, size + spare);
            byte[] longer = Arrays.copyOf(bytes, room);
            cards = Arrays.copyOf(cards, cardsFor(room));
            bytes = longer;
        }
        limit = size;
    }

    @Override
    public final int initialPages() {
        return limits.initialPages();
    }

    @Override
    public final int maximumPages() {
        return limits.maximumPages();
    }

    @Override
    public final boolean shared() {
        return false;
    }

    @Override
    @SuppressWarnings({"deprecation", "removal"}) // The interface requires it.
    public final Object lock(int address) {
        return this;
    }

    @Override
    @SuppressWarnings({"deprecation", "removal"})
    public final int waitOn(int address, int expected, long timeout) {
        throw new WasmRuntimeException("expected shared memory");
    }

    @Override
    @SuppressWarnings({"deprecation", "removal"})
    public final int waitOn(int address, long expected, long timeout) {
        throw new WasmRuntimeException("expected shared memory");
    }

    @Override
    @SuppressWarnings({"deprecation", "removal"})
    public final int notify(int address, int threads) {
        check(address, Integer.BYTES);
        return 0;
    }

    @Override
    public final void atomicFence() {
        VarHandle.fullFence();
    }

    @Override
    public final void initialize(Instance instance, DataSegment[] dataSegments) {
        initialize(instance, dataSegments, 0);
    }

    @Override
    public void initialize(Instance instance, DataSegment @Nullable [] data, int memoryIndex) {
        use(instance, data);
        for (DataSegment segment : segments) {
            if (segment instanceof ActiveDataSegment active && active.index() == memoryIndex) {
                initialize(instance, active);
            }
        }
    }

    private void initialize(Instance instance, ActiveDataSegment segment) {
        int offset =
                (int)
                        ConstantEvaluators.computeConstantValue(
                                instance, segment.offsetInstructions())[0];
        try {
            write(offset, segment.data(), 0, segment.data().length);
        } catch (WasmRuntimeException e) {
            throw new UninstantiableException(e.getMessage(), e);
        }
    }

    /** Sets the module's segments; the first instance is the one that the memory was made for. */
    protected final void use(Instance instance, DataSegment @Nullable [] data) {
        boolean has =
                instance.imports().globalCount() == 0
                        && instance.module().globalSection().globalCount() > 0;
        if (firstGlobal == null && has) {
            firstGlobal = instance.global(0);
        }
        segments = data == null ? new DataSegment[0] : data;
    }

    /** The module's segments, empty where the guest has dropped one. */
    protected final DataSegment[] segments() {
        return segments;
    }

    @Override
    public void zero() {
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public final void initPassiveSegment(int segmentId, int dest, int offset, int size) {
        write(dest, segments[segmentId].data(), offset, size);
    }

    @Override
    public final void drop(int segment) {
        segments[segment] = PassiveDataSegment.EMPTY;
    }

    @Override
    public final void write(int address, byte[] data, int offset, int size) {
        if (offset < 0 || size < 0 || size > data.length - offset) {
            throw outOfBounds(offset, size);
        }
        check(address, size);
        writes(address, size);
        mark(address, size);
        for (int done = 0; done < size; done += BYTES_WITHOUT_LOOK) {
            look();
            int part = Math.min(size - done, BYTES_WITHOUT_LOOK);
            System.arraycopy(data, offset + done, bytes, address + done, part);
        }
    }

    @Override
    public final byte[] readBytes(int address, int length) {
        check(address, length);
        reads(address, length);
        return Arrays.copyOfRange(bytes, address, address + length);
    }

    @Override
    public final void fill(byte value, int fromIndex, int toIndex) {
        check(fromIndex, toIndex - fromIndex);
        writes(fromIndex, toIndex - fromIndex);
        mark(fromIndex, toIndex - fromIndex);
        int at = fromIndex;
        while (at < toIndex) {
            look();
            int end = at + Math.min(toIndex - at, BYTES_WITHOUT_LOOK);
            Arrays.fill(bytes, at, end, value);
            at = end;
        }
    }

    @Override
    public final void copy(int dest, int src, int size) {
        check(dest, size);
        check(src, size);
        reads(src, size);
        writes(dest, size);
        mark(dest, size);
        boolean fromTheEnd = dest > src;
        for (int done = 0; done < size; ) {
            look();
            int part = Math.min(size - done, BYTES_WITHOUT_LOOK);
            int at = fromTheEnd ? size - done - part : done;
            System.arraycopy(bytes, src + at, bytes, dest + at, part);
            done += part;
        }
    }

    @Override
    public final byte read(int address) {
        reads(address, Byte.BYTES);
        return MemoryAccess.readByte(address, 0, bytes, limit);
    }

    @Override
    public final short readShort(int address) {
        reads(address, Short.BYTES);
        return MemoryAccess.readShort(address, 0, bytes, limit);
    }

    @Override
    public final int readInt(int address) {
        reads(address, Integer.BYTES);
        return MemoryAccess.readInt(address, 0, bytes, limit);
    }

    @Override
    public final long readLong(int address) {
        reads(address, Long.BYTES);
        return MemoryAccess.readLong(address, 0, bytes, limit);
    }

    @Override
    public final void writeByte(int address, byte data) {
        writes(address, Byte.BYTES);
        MemoryAccess.writeByte(address, data, 0, bytes, limit, cards);
    }

    @Override
    public final void writeShort(int address, short data) {
        writes(address, Short.BYTES);
        MemoryAccess.writeShort(address, data, 0, bytes, limit, cards);
    }

    @Override
    public final void writeI32(int address, int data) {
        writes(address, Integer.BYTES);
        MemoryAccess.writeInt(address, data, 0, bytes, limit, cards);
    }

    @Override
    public final void writeLong(int address, long data) {
        writes(address, Long.BYTES);
        MemoryAccess.writeLong(address, data, 0, bytes, limit, cards);
    }

    @Override
    public final long readU16(int address) {
        return readShort(address) & 0xFFFFL;
    }

    @Override
    public final void writeF32(int address, float data) {
        writeI32(address, Float.floatToRawIntBits(data));
    }

    @Override
    public final long readF32(int address) {
        return readInt(address);
    }

    @Override
    public final float readFloat(int address) {
        return Float.intBitsToFloat(readInt(address));
    }

    @Override
    public final void writeF64(int address, double data) {
        writeLong(address, Double.doubleToRawLongBits(data));
    }

    @Override
    public final double readDouble(int address) {
        return Double.longBitsToDouble(readLong(address));
    }

    @Override
    public final long readF64(int address) {
        return readLong(address);
    }
}
