package dev.jetway.sandbox;

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
 * <p>A load or store that looks for its leaf takes about twice the time of one that does not. So
 * once a run has been long enough for it to pay, the next one begins with a copy of all first pages
 * in one array, the flat part. What lies behind it is in leaves.
 *
 * <p>Not shared between threads, and no shared memory of the threads proposal.
 */
final class PagedMemory implements Memory {
    /** Bytes of a leaf: what the first write to it costs. */
    static final int LEAF = 4096;

    /** Own copies that wait for their next use, of one memory. */
    static final int SPARE_LEAVES = 64;

    /** Bytes of the flat part at most. */
    static final int FLAT = 32 << 20;

    /** A run as long as this, and as {@link #NANOS_PER_FLAT_PAGE} says, is worth a flat part. */
    static final long FLAT_NANOS = 1_000_000;

    /** About four times what it takes to copy a page. */
    static final long NANOS_PER_FLAT_PAGE = 32_000;

    /** Own copies that it may have though the heap is low. */
    static final int LEAVES_IN_NEED = 64;

    private static final int SHIFT = 12;
    private static final int MASK = LEAF - 1;
    private static final int LEAVES_IN_PAGE = PAGE_SIZE / LEAF;

    /** A long operation looks for an interrupt once in so many bytes. */
    private static final int BYTES_WITHOUT_LOOK = 1 << 20;

    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** Never written to: no array of leaves to write holds it. */
    private static final byte[] ZEROS = new byte[LEAF];

    /** Too short for any value to lie in them, long enough for the JVM's check of bounds. */
    private static final byte[] NO_BYTES = {};

    private static final byte[] NO_SHORTS = new byte[Short.BYTES - 1];
    private static final byte[] NO_INTS = new byte[Integer.BYTES - 1];
    private static final byte[] NO_LONGS = new byte[Long.BYTES - 1];

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

    /** The flat part, four times, so that one comparison is enough to know what lies in it. */
    private byte[] bytes = NO_BYTES;

    private byte[] shorts = NO_SHORTS;
    private byte[] ints = NO_INTS;
    private byte[] longs = NO_LONGS;

    /** What the flat part of the first pages was made of, for the next run. */
    private byte @Nullable [] keptFlat;

    private boolean flatPays;
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
    PagedMemory(MemoryLimits limits, MemoryImage image, MemoryAccount account) {
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
    void begin() {
        Optional<String> refusal = account.reserve((long) limits.initialPages() * PAGE_SIZE);
        if (refusal.isPresent()) {
            throw new MemoryRefusedException(refusal.get());
        }
        pages = limits.initialPages();
        showImage();
        if (flatPays) {
            flatten();
        }
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

    /** The same after a run of no length. */
    void end() {
        end(0);
    }

    /**
     * Leaves nothing of the guest behind, and gives all of its memory back.
     *
     * @param nanos what the run took
     */
    void end(long nanos) {
        flatPays = flatPays(nanos);
        endFlat();
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

    /** A run on a flat part is shorter: half is long enough to have one again. */
    private boolean flatPays(long nanos) {
        long worth = Math.max(FLAT_NANOS, NANOS_PER_FLAT_PAGE * limits.initialPages());
        return nanos >= (bytes.length == 0 ? worth : worth / 2);
    }

    private void endFlat() {
        keptFlat = bytes.length == limits.initialPages() * PAGE_SIZE ? bytes : null;
        bytes = NO_BYTES;
        shorts = NO_SHORTS;
        ints = NO_INTS;
        longs = NO_LONGS;
    }

    /** Makes all that there is the flat part, if it may be so large. */
    private void flatten() {
        long size = (long) pages * PAGE_SIZE;
        if (size == 0 || size > FLAT || heapIsLow.getAsBoolean()) {
            return;
        }
        byte[] flat = flatOf((int) size);
        bytes = flat;
        shorts = flat;
        ints = flat;
        longs = flat;
    }

    /** An array that shows what the memory does. */
    private byte[] flatOf(int size) {
        byte[] kept = keptFlat;
        if (kept != null && kept.length == size) {
            for (int at = 0; at < size; at += LEAF) {
                System.arraycopy(toRead(at), place(at), kept, at, LEAF);
            }
            return kept;
        }
        byte[] fresh = new byte[size];
        for (int at = 0; at < size; at += LEAF) {
            byte[] from = toRead(at);
            if (!isZeros(from)) {
                System.arraycopy(from, place(at), fresh, at, LEAF);
            }
        }
        return fresh;
    }

    /** How long the flat part is, in bytes. */
    int flat() {
        return bytes.length;
    }

    private byte[] atStart(int leaf) {
        byte @Nullable [] @Nullable [] leaves = image.pieces();
        byte[] shown = leaves == null ? null : leaves[leaf];
        return shown == null ? ZEROS : shown;
    }

    /** Bytes of the host that it keeps for its next use. */
    long keptBytes() {
        int flat = keptFlat == null ? 0 : keptFlat.length;
        return flat + (long) spareCount * LEAF + 8L * (firstReadable.length + segments.length);
    }

    /** The name of the limit that kept it from growing, if one did. */
    Optional<String> refusedBy() {
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

    private byte[] leafToWrite(int leaf) {
        byte[] own = writable[leaf];
        return own == null ? own(leaf) : own;
    }

    /** The array that holds an address, to write to. */
    private byte[] toWrite(int address) {
        return address < bytes.length ? bytes : leafToWrite(address >>> SHIFT);
    }

    /** The array that holds an address, to read. */
    private byte[] toRead(int address) {
        return address < bytes.length ? bytes : readable[address >>> SHIFT];
    }

    /** Where in that array it lies. */
    private int place(int address) {
        return address < bytes.length ? address : address & MASK;
    }

    /** Bytes from an address on that are done at once. */
    private int after(int address) {
        return address < bytes.length
                ? Math.min(
                        bytes.length - address, BYTES_WITHOUT_LOOK - address % BYTES_WITHOUT_LOOK)
                : LEAF - (address & MASK);
    }

    /** The same from an address back, with itself. */
    private int before(int address) {
        return address < bytes.length ? address % BYTES_WITHOUT_LOOK + 1 : (address & MASK) + 1;
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

    private static void look(int address) {
        if (address % BYTES_WITHOUT_LOOK < LEAF && Thread.currentThread().isInterrupted()) {
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
        if (bytes.length > 0 && after * PAGE_SIZE >= 2L * bytes.length) {
            flatten();
        }
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
        int done = 0;
        while (done < size) {
            int at = address + done;
            look(at);
            int part = Math.min(size - done, after(at));
            System.arraycopy(data, offset + done, toWrite(at), place(at), part);
            done += part;
        }
    }

    @Override
    public byte[] readBytes(int address, int length) {
        check(address, length);
        byte[] read = new byte[length];
        int done = 0;
        while (done < length) {
            int at = address + done;
            int part = Math.min(length - done, after(at));
            System.arraycopy(toRead(at), place(at), read, done, part);
            done += part;
        }
        return read;
    }

    @Override
    public void fill(byte value, int fromIndex, int toIndex) {
        check(fromIndex, toIndex - fromIndex);
        int at = fromIndex;
        while (at < toIndex) {
            look(at);
            int part = Math.min(toIndex - at, after(at));
            if (value != 0 || !isZeros(toRead(at))) {
                int place = place(at);
                Arrays.fill(toWrite(at), place, place + part, value);
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
            int part = Math.min(size - done, Math.min(after(from), after(to)));
            copyPart(from, to, part);
            done += part;
        }
    }

    private void copyFromTheEnd(int dest, int src, int size) {
        int left = size;
        while (left > 0) {
            int part = Math.min(left, Math.min(before(src + left - 1), before(dest + left - 1)));
            left -= part;
            copyPart(src + left, dest + left, part);
        }
    }

    /** Within one array each. */
    private void copyPart(int from, int to, int size) {
        look(to);
        byte[] target = toWrite(to);
        // Read after that: the first write may have given the leaf another array.
        System.arraycopy(toRead(from), place(from), target, place(to), size);
    }

    @Override
    public byte read(int address) {
        byte[] flat = bytes;
        return Integer.compareUnsigned(address, flat.length) < 0
                ? flat[address]
                : readInLeaf(address);
    }

    private byte readInLeaf(int address) {
        try {
            return readable[address >>> SHIFT][address & MASK];
        } catch (IndexOutOfBoundsException | NullPointerException e) {
            throw outOfBounds(address, 1);
        }
    }

    @Override
    public short readShort(int address) {
        byte[] flat = shorts;
        return Integer.compareUnsigned(address, flat.length - (Short.BYTES - 1)) < 0
                ? (short) SHORTS.get(flat, address)
                : readShortInLeaf(address);
    }

    private short readShortInLeaf(int address) {
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
        byte[] flat = ints;
        return Integer.compareUnsigned(address, flat.length - (Integer.BYTES - 1)) < 0
                ? (int) INTS.get(flat, address)
                : readIntInLeaf(address);
    }

    private int readIntInLeaf(int address) {
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
        byte[] flat = longs;
        return Integer.compareUnsigned(address, flat.length - (Long.BYTES - 1)) < 0
                ? (long) LONGS.get(flat, address)
                : readLongInLeaf(address);
    }

    private long readLongInLeaf(int address) {
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
        byte[] flat = bytes;
        if (Integer.compareUnsigned(address, flat.length) < 0) {
            flat[address] = data;
        } else {
            writeByteInLeaf(address, data);
        }
    }

    private void writeByteInLeaf(int address, byte data) {
        try {
            leafToWrite(address >>> SHIFT)[address & MASK] = data;
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds(address, 1);
        }
    }

    @Override
    public void writeShort(int address, short data) {
        byte[] flat = shorts;
        if (Integer.compareUnsigned(address, flat.length - (Short.BYTES - 1)) < 0) {
            SHORTS.set(flat, address, data);
        } else {
            writeShortInLeaf(address, data);
        }
    }

    private void writeShortInLeaf(int address, short data) {
        int start = address & MASK;
        if (start > LEAF - Short.BYTES) {
            writeAcross(address, data, Short.BYTES);
            return;
        }
        try {
            SHORTS.set(leafToWrite(address >>> SHIFT), start, data);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds(address, Short.BYTES);
        }
    }

    @Override
    public void writeI32(int address, int data) {
        byte[] flat = ints;
        if (Integer.compareUnsigned(address, flat.length - (Integer.BYTES - 1)) < 0) {
            INTS.set(flat, address, data);
        } else {
            writeI32InLeaf(address, data);
        }
    }

    private void writeI32InLeaf(int address, int data) {
        int start = address & MASK;
        if (start > LEAF - Integer.BYTES) {
            writeAcross(address, data, Integer.BYTES);
            return;
        }
        try {
            INTS.set(leafToWrite(address >>> SHIFT), start, data);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds(address, Integer.BYTES);
        }
    }

    @Override
    public void writeLong(int address, long data) {
        byte[] flat = longs;
        if (Integer.compareUnsigned(address, flat.length - (Long.BYTES - 1)) < 0) {
            LONGS.set(flat, address, data);
        } else {
            writeLongInLeaf(address, data);
        }
    }

    private void writeLongInLeaf(int address, long data) {
        int start = address & MASK;
        if (start > LEAF - Long.BYTES) {
            writeAcross(address, data, Long.BYTES);
            return;
        }
        try {
            LONGS.set(leafToWrite(address >>> SHIFT), start, data);
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
