package dev.jetway.sandbox.memory;

import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import com.dylibso.chicory.runtime.ConstantEvaluators;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.runtime.WasmRuntimeException;
import com.dylibso.chicory.wasm.UninstantiableException;
import com.dylibso.chicory.wasm.types.ActiveDataSegment;
import com.dylibso.chicory.wasm.types.DataSegment;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.PassiveDataSegment;
import dev.jetway.module.MemoryImage;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The linear memory of one instance after another of one program. It consists of leaves of {@link
 * #LEAF} bytes. Those that a guest has not written to are shared with all others: they are zeros,
 * or what the module's data segments say. With the first write to one the guest gets its own copy.
 * So an instance costs what it touches, however large its memory is, and a reset costs what was
 * written: the own copies fall. They wait for their next use and are overwritten as a whole before
 * anybody can read them.
 *
 * <p>Not shared between threads, and no shared memory of the threads proposal.
 */
public final class PagedMemory implements Memory {
    /** Bytes of a leaf: what the first write to it costs. */
    public static final int LEAF = 4096;

    /** Own copies that wait for their next use, of one memory. */
    static final int SPARE_LEAVES = 64;

    /** Own copies that it may have though the heap is low. */
    static final int LEAVES_IN_NEED = 64;

    private static final int SHIFT = 12;
    private static final int MASK = LEAF - 1;
    private static final int LEAVES_IN_PAGE = PAGE_SIZE / LEAF;

    /** A long operation looks for an interrupt once in so many leaves, each MiB. */
    private static final int LEAVES_WITHOUT_LOOK = 256;

    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** Never written to: no array of leaves to write holds it. */
    private static final byte[] ZEROS = new byte[LEAF];

    private final MemoryLimits limits;
    private final MemoryImage image;
    private final MemoryAccount account;
    private final BooleanSupplier heapIsLow;

    /** The leaves of the first pages, which every run begins with. */
    private final byte[][] firstReadable;

    private final byte[] @Nullable [] firstWritable;
    private boolean showsImage;

    /** The leaves as they are read; null beyond the end. */
    private byte[][] readable;

    /** The guest's own leaves; null where it has none. */
    private byte[] @Nullable [] writable;

    private int pages;
    private int[] written = new int[16];
    private int writtenCount;
    private final byte[][] spare = new byte[SPARE_LEAVES][];
    private int spareCount;
    private DataSegment[] segments = {};

    /** What they were before the guest dropped one, which the engine does without a word. */
    private DataSegment[] allSegments = {};

    private @Nullable String refusedBy;

    /**
     * A memory as its module declares it.
     *
     * @param limits not shared; the maximum is what the guest may have at most
     * @param image what it is at the start; filled by the first memory of a program
     * @throws MemoryRefusedException if the account does not hold its first pages
     */
    public PagedMemory(MemoryLimits limits, MemoryImage image, MemoryAccount account) {
        this(limits, image, account, HeapReserve.shared()::isLow);
    }

    /**
     * The same.
     *
     * @param heapIsLow whether the host has no more than a little for it
     */
    PagedMemory(
            MemoryLimits limits,
            MemoryImage image,
            MemoryAccount account,
            BooleanSupplier heapIsLow) {
        this.heapIsLow = heapIsLow;
        this.limits = limits;
        this.image = image;
        this.account = account;
        int leaves = limits.initialPages() * LEAVES_IN_PAGE;
        this.firstReadable = new byte[leaves][];
        this.firstWritable = new byte[leaves][];
        this.readable = firstReadable;
        this.writable = firstWritable;
        Arrays.fill(readable, ZEROS);
        begin();
    }

    /**
     * Begins as new again, after {@link #end}.
     *
     * @throws MemoryRefusedException if the account does not hold its first pages
     */
    public void begin() {
        Optional<String> refusal = account.reserve((long) limits.initialPages() * PAGE_SIZE);
        if (refusal.isPresent()) {
            throw new MemoryRefusedException(refusal.get());
        }
        pages = limits.initialPages();
        showImage();
    }

    private void showImage() {
        byte @Nullable [] @Nullable [] leaves = image.pieces();
        if (!showsImage && leaves != null) {
            showsImage = true;
            for (int i = 0; i < leaves.length; i++) {
                readable[i] = leaves[i] == null ? ZEROS : leaves[i];
            }
        }
    }

    /** Leaves nothing of the guest behind, and gives all of its memory back. */
    public void end() {
        account.release((long) pages * PAGE_SIZE);
        pages = 0;
        for (int i = 0; i < writtenCount; i++) {
            int leaf = written[i];
            byte[] own = writable[leaf];
            if (own != null && spareCount < SPARE_LEAVES) {
                spare[spareCount] = own;
                spareCount++;
            }
            if (leaf < firstReadable.length) {
                firstReadable[leaf] = atStart(leaf);
                firstWritable[leaf] = null;
            }
        }
        writtenCount = 0;
        if (written.length > SPARE_LEAVES) {
            written = new int[SPARE_LEAVES];
        }
        readable = firstReadable;
        writable = firstWritable;
        System.arraycopy(allSegments, 0, segments, 0, segments.length);
        refusedBy = null;
    }

    private byte[] atStart(int leaf) {
        byte @Nullable [] @Nullable [] leaves = image.pieces();
        byte[] shown = leaves == null ? null : leaves[leaf];
        return shown == null ? ZEROS : shown;
    }

    /** Bytes of the host that it keeps for its next use. */
    public long keptBytes() {
        return (long) spareCount * LEAF + 8L * (firstReadable.length + segments.length);
    }

    /** The name of the limit that kept it from growing, if one did. */
    public Optional<String> refusedBy() {
        return Optional.ofNullable(refusedBy);
    }

    /** Nobody but {@link #begin} and this writes to the leaves that others see. */
    private byte[] own(int leaf) {
        if (leaf >= pages * LEAVES_IN_PAGE) {
            throw new IndexOutOfBoundsException(leaf);
        }
        if (writtenCount >= LEAVES_IN_NEED && heapIsLow.getAsBoolean()) {
            refusedBy = HeapReserve.LIMIT;
            throw new MemoryRefusedException(HeapReserve.LIMIT);
        }
        byte[] shown = readable[leaf];
        byte[] own;
        if (spareCount > 0) {
            spareCount--;
            own = spare[spareCount];
            System.arraycopy(shown, 0, own, 0, LEAF);
        } else if (isZeros(shown)) {
            own = new byte[LEAF];
        } else {
            own = shown.clone();
        }
        readable[leaf] = own;
        writable[leaf] = own;
        if (writtenCount == written.length) {
            written = Arrays.copyOf(written, 2 * writtenCount);
        }
        written[writtenCount] = leaf;
        writtenCount++;
        return own;
    }

    @SuppressWarnings("ReferenceEquality") // The very one.
    private static boolean isZeros(byte[] leaf) {
        return leaf == ZEROS;
    }

    private byte[] toWrite(int leaf) {
        byte[] own = writable[leaf];
        return own == null ? own(leaf) : own;
    }

    private WasmRuntimeException outOfBounds(int address, int size) {
        return new WasmRuntimeException(
                "out of bounds memory access: attempted to access address: "
                        + address
                        + " but limit is: "
                        + (long) pages * PAGE_SIZE
                        + " and size: "
                        + size);
    }

    /** Of a range: both are as the guest says them. */
    private void check(int address, int size) {
        if (address < 0 || size < 0 || (long) address + size > (long) pages * PAGE_SIZE) {
            throw outOfBounds(address, size);
        }
    }

    private static void look(int leaf) {
        if (leaf % LEAVES_WITHOUT_LOOK == 0 && Thread.currentThread().isInterrupted()) {
            throw new ChicoryInterruptedException("Thread interrupted");
        }
    }

    @Override
    public int pages() {
        return pages;
    }

    @Override
    public int grow(int size) {
        int before = pages;
        long after = (long) before + size;
        if (size < 0 || after > limits.maximumPages()) {
            refusedBy = "memory";
            return -1;
        }
        Optional<String> refusal =
                heapIsLow.getAsBoolean()
                        ? Optional.of(HeapReserve.LIMIT)
                        : account.reserve((long) size * PAGE_SIZE);
        if (refusal.isPresent()) {
            refusedBy = refusal.get();
            return -1;
        }
        try {
            makeRoom((int) after * LEAVES_IN_PAGE);
        } catch (OutOfMemoryError e) {
            account.release((long) size * PAGE_SIZE);
            throw e;
        }
        Arrays.fill(readable, before * LEAVES_IN_PAGE, (int) after * LEAVES_IN_PAGE, ZEROS);
        pages = (int) after;
        return before;
    }

    /** Doubles, so that growing page by page costs no square. */
    private void makeRoom(int leaves) {
        if (leaves > readable.length) {
            int most = limits.maximumPages() * LEAVES_IN_PAGE;
            int room = (int) Math.min(most, Math.max(leaves, 2L * readable.length));
            byte[][] toRead = Arrays.copyOf(readable, room);
            byte[] @Nullable [] toWrite = Arrays.copyOf(writable, room);
            readable = toRead;
            writable = toWrite;
        }
    }

    @Override
    public int initialPages() {
        return limits.initialPages();
    }

    @Override
    public int maximumPages() {
        return limits.maximumPages();
    }

    @Override
    public boolean shared() {
        return false;
    }

    @Override
    @SuppressWarnings({"deprecation", "removal"}) // What the interface asks of unshared memories.
    public Object lock(int address) {
        return this;
    }

    @Override
    @SuppressWarnings({"deprecation", "removal"})
    public int waitOn(int address, int expected, long timeout) {
        throw new WasmRuntimeException("expected shared memory");
    }

    @Override
    @SuppressWarnings({"deprecation", "removal"})
    public int waitOn(int address, long expected, long timeout) {
        throw new WasmRuntimeException("expected shared memory");
    }

    @Override
    @SuppressWarnings({"deprecation", "removal"})
    public int notify(int address, int threads) {
        check(address, Integer.BYTES);
        return 0;
    }

    @Override
    public void atomicFence() {
        VarHandle.fullFence();
    }

    @Override
    public void initialize(Instance instance, DataSegment[] dataSegments) {
        initialize(instance, dataSegments, 0);
    }

    @Override
    public void initialize(Instance instance, DataSegment[] dataSegments, int memoryIndex) {
        segments = dataSegments == null ? new DataSegment[0] : dataSegments;
        allSegments = segments.clone();
        if (image.pieces() == null) {
            // The first run of the program.
            for (DataSegment segment : segments) {
                if (segment instanceof ActiveDataSegment active && active.index() == memoryIndex) {
                    initialize(instance, active);
                }
            }
            giveToImage();
        }
        showImage();
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

    /** What has been written so far belongs to nobody. */
    private void giveToImage() {
        var leaves = new byte[readable.length][];
        for (int i = 0; i < writtenCount; i++) {
            int leaf = written[i];
            leaves[leaf] = readable[leaf];
            writable[leaf] = null;
        }
        writtenCount = 0;
        image.take(leaves);
    }

    /** It has been zeros, or the program's data, since {@link #begin}. */
    @Override
    public void zero() {
        if (writtenCount > 0) {
            throw new IllegalStateException("a memory in use");
        }
    }

    @Override
    public void initPassiveSegment(int segmentId, int dest, int offset, int size) {
        write(dest, segments[segmentId].data(), offset, size);
    }

    @Override
    public void drop(int segment) {
        segments[segment] = PassiveDataSegment.EMPTY;
    }

    @Override
    public void write(int address, byte[] data, int offset, int size) {
        if (offset < 0 || size < 0 || size > data.length - offset) {
            throw outOfBounds(offset, size);
        }
        check(address, size);
        int at = address;
        int from = offset;
        int left = size;
        while (left > 0) {
            int leaf = at >>> SHIFT;
            look(leaf);
            int start = at & MASK;
            int part = Math.min(left, LEAF - start);
            System.arraycopy(data, from, toWrite(leaf), start, part);
            at += part;
            from += part;
            left -= part;
        }
    }

    @Override
    public byte[] readBytes(int address, int length) {
        check(address, length);
        byte[] bytes = new byte[length];
        int at = address;
        int to = 0;
        while (to < length) {
            int start = at & MASK;
            int part = Math.min(length - to, LEAF - start);
            System.arraycopy(readable[at >>> SHIFT], start, bytes, to, part);
            at += part;
            to += part;
        }
        return bytes;
    }

    @Override
    public void fill(byte value, int fromIndex, int toIndex) {
        check(fromIndex, toIndex - fromIndex);
        int at = fromIndex;
        while (at < toIndex) {
            int leaf = at >>> SHIFT;
            look(leaf);
            int start = at & MASK;
            int part = Math.min(toIndex - at, LEAF - start);
            if (value != 0 || !isZeros(readable[leaf])) {
                Arrays.fill(toWrite(leaf), start, start + part, value);
            }
            at += part;
        }
    }

    @Override
    public void copy(int dest, int src, int size) {
        check(dest, size);
        check(src, size);
        if (dest > src && dest < src + size) {
            copyFromTheEnd(dest, src, size);
        } else {
            copyFromTheStart(dest, src, size);
        }
    }

    private void copyFromTheStart(int dest, int src, int size) {
        int done = 0;
        while (done < size) {
            int from = src + done;
            int to = dest + done;
            int part = Math.min(size - done, LEAF - Math.max(from & MASK, to & MASK));
            copyPart(from, to, part);
            done += part;
        }
    }

    private void copyFromTheEnd(int dest, int src, int size) {
        int left = size;
        while (left > 0) {
            // The last bytes of both that lie in one leaf each.
            int fromEnd = ((src + left - 1) & MASK) + 1;
            int toEnd = ((dest + left - 1) & MASK) + 1;
            int part = Math.min(left, Math.min(fromEnd, toEnd));
            left -= part;
            copyPart(src + left, dest + left, part);
        }
    }

    /** Within one leaf each. */
    private void copyPart(int from, int to, int size) {
        int leaf = to >>> SHIFT;
        look(leaf);
        byte[] target = toWrite(leaf);
        // Read after that: the first write may have given the leaf another array.
        System.arraycopy(readable[from >>> SHIFT], from & MASK, target, to & MASK, size);
    }

    @Override
    public byte read(int address) {
        try {
            return readable[address >>> SHIFT][address & MASK];
        } catch (IndexOutOfBoundsException | NullPointerException e) {
            throw outOfBounds(address, 1);
        }
    }

    @Override
    public short readShort(int address) {
        int start = address & MASK;
        if (start > LEAF - Short.BYTES) {
            return (short) readAcross(address, Short.BYTES);
        }
        try {
            return (short) SHORTS.get(readable[address >>> SHIFT], start);
        } catch (IndexOutOfBoundsException | NullPointerException e) {
            throw outOfBounds(address, Short.BYTES);
        }
    }

    @Override
    public int readInt(int address) {
        int start = address & MASK;
        if (start > LEAF - Integer.BYTES) {
            return (int) readAcross(address, Integer.BYTES);
        }
        try {
            return (int) INTS.get(readable[address >>> SHIFT], start);
        } catch (IndexOutOfBoundsException | NullPointerException e) {
            throw outOfBounds(address, Integer.BYTES);
        }
    }

    @Override
    public long readLong(int address) {
        int start = address & MASK;
        if (start > LEAF - Long.BYTES) {
            return readAcross(address, Long.BYTES);
        }
        try {
            return (long) LONGS.get(readable[address >>> SHIFT], start);
        } catch (IndexOutOfBoundsException | NullPointerException e) {
            throw outOfBounds(address, Long.BYTES);
        }
    }

    private long readAcross(int address, int size) {
        check(address, size);
        long value = 0;
        for (int i = 0; i < size; i++) {
            value |= (read(address + i) & 0xFFL) << (Byte.SIZE * i);
        }
        return value;
    }

    @Override
    public void writeByte(int address, byte data) {
        try {
            toWrite(address >>> SHIFT)[address & MASK] = data;
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds(address, 1);
        }
    }

    @Override
    public void writeShort(int address, short data) {
        int start = address & MASK;
        if (start > LEAF - Short.BYTES) {
            writeAcross(address, data, Short.BYTES);
            return;
        }
        try {
            SHORTS.set(toWrite(address >>> SHIFT), start, data);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds(address, Short.BYTES);
        }
    }

    @Override
    public void writeI32(int address, int data) {
        int start = address & MASK;
        if (start > LEAF - Integer.BYTES) {
            writeAcross(address, data, Integer.BYTES);
            return;
        }
        try {
            INTS.set(toWrite(address >>> SHIFT), start, data);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds(address, Integer.BYTES);
        }
    }

    @Override
    public void writeLong(int address, long data) {
        int start = address & MASK;
        if (start > LEAF - Long.BYTES) {
            writeAcross(address, data, Long.BYTES);
            return;
        }
        try {
            LONGS.set(toWrite(address >>> SHIFT), start, data);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds(address, Long.BYTES);
        }
    }

    /** All of it or nothing. */
    private void writeAcross(int address, long data, int size) {
        check(address, size);
        for (int i = 0; i < size; i++) {
            writeByte(address + i, (byte) (data >>> (Byte.SIZE * i)));
        }
    }

    @Override
    public long readU16(int address) {
        return readShort(address) & 0xFFFFL;
    }

    @Override
    public void writeF32(int address, float data) {
        writeI32(address, Float.floatToRawIntBits(data));
    }

    @Override
    public long readF32(int address) {
        return readInt(address);
    }

    @Override
    public float readFloat(int address) {
        return Float.intBitsToFloat(readInt(address));
    }

    @Override
    public void writeF64(int address, double data) {
        writeLong(address, Double.doubleToRawLongBits(data));
    }

    @Override
    public double readDouble(int address) {
        return Double.longBitsToDouble(readLong(address));
    }

    @Override
    public long readF64(int address) {
        return readLong(address);
    }
}
