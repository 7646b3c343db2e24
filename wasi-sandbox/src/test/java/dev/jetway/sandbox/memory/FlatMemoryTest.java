package dev.jetway.sandbox.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.runtime.ByteArrayMemory;
import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.runtime.WasmRuntimeException;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import dev.jetway.base.ByteSize;
import dev.jetway.module.MemoryImage;
import dev.jetway.module.memory.LinearMemory;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The memory behaves as the engine's own does, and shows nothing of an earlier use. */
final class FlatMemoryTest {
    private static final int PAGE = Memory.PAGE_SIZE;
    private static final int MAXIMUM = 4;
    private static final MemoryLimits LIMITS = new MemoryLimits(1, MAXIMUM);

    private final MemoryAccount account = new MemoryAccount("site", new ByteSize(3L * PAGE));

    private FlatMemory memory() {
        return new FlatMemory(LIMITS, new MemoryImage(), account, () -> false);
    }

    /** The result of an operation, or that it traps. */
    private static String outcome(Memory memory, Function<Memory, Object> operation) {
        try {
            return String.valueOf(operation.apply(memory));
        } catch (RuntimeException e) {
            return "trap";
        }
    }

    private static Function<Memory, Object> operation(Random random) {
        int address = address(random);
        int other = address(random);
        int size = random.nextInt(8) == 0 ? address(random) : random.nextInt(9000);
        long value = random.nextLong();
        return switch (random.nextInt(18)) {
            case 0 -> m -> m.read(address);
            case 1 -> m -> m.readShort(address);
            case 2 -> m -> m.readInt(address);
            case 3 -> m -> m.readLong(address);
            case 4 -> m -> m.readFloat(address);
            case 5 -> m -> m.readDouble(address);
            case 6 -> m -> m.readU16(address);
            case 7 -> m -> done(() -> m.writeByte(address, (byte) value));
            case 8 -> m -> done(() -> m.writeShort(address, (short) value));
            case 9 -> m -> done(() -> m.writeI32(address, (int) value));
            case 10 -> m -> done(() -> m.writeLong(address, value));
            case 11 -> m -> done(() -> m.writeF32(address, Float.intBitsToFloat((int) value)));
            case 12 -> m -> done(() -> m.writeF64(address, Double.longBitsToDouble(value)));
            case 13, 14 -> m -> done(() -> m.copy(address, other, size));
            case 15 -> m -> done(() -> m.fill((byte) (value % 3), address, address + size));
            case 16 -> m -> done(() -> m.write(address, bytes(value, size & 0xffff)));
            default -> m -> Arrays.hashCode(m.readBytes(address, size));
        };
    }

    private static Object done(Runnable operation) {
        operation.run();
        return "done";
    }

    private static byte[] bytes(long seed, int size) {
        var bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** An address, mostly inside, often at the border of a card, sometimes far outside. */
    private static int address(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> random.nextInt();
            case 1 -> FlatMemory.CARD * random.nextInt(40) - random.nextInt(9);
            case 2 -> PAGE * random.nextInt(MAXIMUM + 1) - random.nextInt(9);
            default -> random.nextInt(PAGE);
        };
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyOperationDoesWhatItDoesToTheEnginesOwnMemory(long seed) {
        var random = new Random(seed);
        FlatMemory ours = memory();
        boolean exactly = seed % 2 == 0;
        for (int run = 0; run < 30; run++) {
            var theirs = new ByteArrayMemory(new MemoryLimits(1, 3));
            for (int i = 0; i < 300; i++) {
                if (random.nextInt(100) == 0) {
                    int pages = random.nextInt(3);
                    assertThat(exactly ? FlatMemory.growExactly(pages, ours) : ours.grow(pages))
                            .isEqualTo(theirs.grow(pages));
                }
                long operation = random.nextLong();
                assertThat(outcome(ours, operation(new Random(operation))))
                        .isEqualTo(outcome(theirs, operation(new Random(operation))));
            }
            int size = ours.pages() * PAGE;
            assertThat(ours.readBytes(0, size)).isEqualTo(theirs.readBytes(0, size));
            int length = ours.bytes.length;
            ours.end();
            if (exactly) {
                assertThat(length).isEqualTo(size);
                assertThat(ours.bytes).hasSize(PAGE);
            }
            assertThat(account.used()).isZero();
            ours.begin();
            assertThat(ours.pages()).isEqualTo(1);
            assertThat(ours.readBytes(0, PAGE)).containsOnly(0);
        }
    }

    @Test
    void atomicOperationsAreAtomicEnoughForTheOneThreadThatThereIs() {
        FlatMemory memory = memory();

        assertThat(memory.atomicAddInt(8, 5)).isZero();
        assertThat(memory.atomicCmpxchgInt(8, 5, 7)).isEqualTo(5);
        assertThat(memory.readInt(8)).isEqualTo(7);
        assertThat(memory.atomicNotify(8, 1)).isZero();
        assertThatThrownBy(() -> memory.atomicWait(8, 7, -1))
                .isInstanceOf(WasmRuntimeException.class);
    }

    @Test
    void end_ofAMemoryThatHasGrown_keepsItsArrayAndGivesTheAccountAllBack() {
        FlatMemory memory = memory();
        assertThat(memory.keptBytes()).isBetween((long) PAGE, PAGE + 100L);
        memory.grow(1);
        memory.end();

        assertThat(account.used()).isZero();
        assertThat(memory.pages()).isEqualTo(1);
        assertThat(memory.keptBytes()).isBetween(2L * PAGE, 3L * PAGE);
    }

    @Test
    void begin_thatTheAccountRefuses_leavesTheAccountAsItIs() {
        FlatMemory memory = memory();
        memory.end();
        assertThat(account.reserve(3L * PAGE)).isEmpty();

        assertThatThrownBy(memory::begin).isInstanceOf(MemoryRefusedException.class);
        memory.end();
        assertThat(account.used()).isEqualTo(3L * PAGE);
    }

    /** Grows in a new array or in one that is long enough. */
    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "1 1", "1 0 1"})
    void grow_afterARunThatHasGrown_findsZerosAndWhatThisRunHasWritten(String steps) {
        FlatMemory memory = memory();
        for (int run = 0; run < 4; run++) {
            memory.writeLong(FlatMemory.CARD - 3, -1);
            memory.writeByte(PAGE - 1, (byte) run);
            for (String step : steps.split(" ", -1)) {
                memory.grow(Integer.parseInt(step));
            }
            int size = memory.pages() * PAGE;
            var expected = new byte[size];
            Arrays.fill(expected, FlatMemory.CARD - 3, FlatMemory.CARD + 5, (byte) -1);
            expected[PAGE - 1] = (byte) run;
            assertThat(memory.readBytes(0, size)).isEqualTo(expected);
            memory.fill((byte) 7, 0, size);
            memory.end();
            memory.begin();
            assertThat(memory.readBytes(0, PAGE)).containsOnly(0);
        }
    }

    /** Bytes of an ended run, also behind the memory in its array. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void end_afterWritesOfAllKinds_leavesTheWholeArrayAsItWas(long seed) {
        var random = new Random(seed);
        var wide = new MemoryAccount("site", ByteSize.ofMebibytes(4));
        var memory = new FlatMemory(new MemoryLimits(2, 20), new MemoryImage(), wide, () -> false);
        for (int run = 0; run < 20; run++) {
            for (int i = 0; i < 200; i++) {
                if (random.nextInt(20) == 0) {
                    memory.grow(random.nextInt(4));
                }
                long operation = random.nextLong();
                outcome(memory, operation(new Random(operation)));
            }
            memory.end();
            assertThat(memory.bytes).containsOnly(0);
            assertThat(memory.cards).containsOnly((short) 0);
            memory.begin();
        }
    }

    @Test
    void anAddressBehindTheMemoryButInItsArrayTraps() {
        FlatMemory memory = memory();
        memory.grow(2);
        memory.end();
        memory.begin();
        assertThat(memory.bytes.length).isGreaterThan(PAGE);

        assertThatThrownBy(() -> memory.read(PAGE)).isInstanceOf(WasmRuntimeException.class);
        assertThatThrownBy(() -> memory.readLong(PAGE - 7))
                .isInstanceOf(WasmRuntimeException.class);
        assertThatThrownBy(() -> memory.writeI32(PAGE - 3, 1))
                .isInstanceOf(WasmRuntimeException.class);
        assertThatThrownBy(() -> memory.fill((byte) 1, PAGE - 1, PAGE + 1))
                .isInstanceOf(WasmRuntimeException.class);
        assertThat(memory.readInt(PAGE - 4)).isZero();
    }

    @Test
    void growingPageByPage_replacesTheArrayOnlyNowAndThen() {
        var wide = new MemoryAccount("site", ByteSize.ofMebibytes(64));
        var memory =
                new FlatMemory(new MemoryLimits(1, 1000), new MemoryImage(), wide, () -> false);
        int replaced = 0;
        for (int page = 1; page < 1000; page++) {
            byte[] before = memory.bytes;
            assertThat(memory.grow(1)).isEqualTo(page);
            replaced += memory.bytes.length == before.length ? 0 : 1;
        }
        assertThat(replaced).isLessThan(40);
    }

    @Test
    void growingTakesOfTheAccountAndStopsAtItsLimit() {
        FlatMemory memory = memory();

        assertThat(memory.grow(2)).isEqualTo(1);
        assertThat(account.used()).isEqualTo(3L * PAGE);
        assertThat(memory.refusedBy()).isEmpty();
        assertThat(memory.grow(1)).isEqualTo(-1);
        assertThat(memory.refusedBy()).contains("site");
        assertThat(memory.pages()).isEqualTo(3);
        memory.end();
        assertThat(account.used()).isZero();
    }

    @Test
    void whileTheHeapIsLow_thereAreSmallMemoriesAndNoneGrows() {
        var wide = new MemoryAccount("site", ByteSize.ofMebibytes(1));
        int most = FlatMemory.BYTES_IN_NEED / PAGE;
        var small = new FlatMemory(new MemoryLimits(most, 16), new MemoryImage(), wide, () -> true);

        assertThat(small.grow(1)).isEqualTo(-1);
        assertThat(small.refusedBy()).contains("host-memory");
        assertThat(wide.used()).isEqualTo(FlatMemory.BYTES_IN_NEED);
        assertThatThrownBy(() ->
                        new FlatMemory(
                                new MemoryLimits(most + 1, 16),
                                new MemoryImage(),
                                wide,
                                () -> true))
                .isInstanceOfSatisfying(
                        MemoryRefusedException.class,
                        e -> assertThat(e.limit()).isEqualTo("host-memory"));
        assertThat(wide.used()).isEqualTo(FlatMemory.BYTES_IN_NEED);
    }

    @Test
    void growingStopsAtTheMaximumOfTheModule() {
        var wide = new MemoryAccount("site", ByteSize.ofMebibytes(1));
        var memory = new FlatMemory(LIMITS, new MemoryImage(), wide, () -> false);

        assertThat(memory.grow(MAXIMUM - 1)).isEqualTo(1);
        assertThat(memory.grow(1)).isEqualTo(-1);
        assertThat(memory.grow(-1)).isEqualTo(-1);
        assertThat(memory.refusedBy()).contains("memory");
    }

    @Test
    void aGuestWhoseFirstPagesAreNotThereDoesNotStart() {
        assertThat(account.reserve(2L * PAGE)).isEmpty();
        memory();

        assertThatThrownBy(this::memory)
                .isInstanceOfSatisfying(
                        MemoryRefusedException.class, e -> assertThat(e.limit()).isEqualTo("site"));
        assertThat(account.used()).isEqualTo(3L * PAGE);
    }

    @Test
    void aLongOperationEndsOfAGuestThatIsToldTo() {
        FlatMemory memory = memory();
        memory.stopped = true;

        assertThatThrownBy(() -> memory.copy(1, 0, PAGE - 1))
                .isInstanceOf(ChicoryInterruptedException.class);
    }

    @Test
    void aLongOperationEndsWithAnInterrupt() {
        FlatMemory memory = memory();
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> memory.fill((byte) 1, 0, PAGE))
                .isInstanceOf(ChicoryInterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void framesOfARunAreGoneAtItsEnd() {
        FlatMemory memory = memory();
        long[] used = {1, 2, 3};
        LinearMemory.keepFrame(used, memory);

        memory.end();
        memory.begin();

        assertThat(LinearMemory.frame(3, memory)).isNotSameAs(used).containsOnly(0);
    }
}
