package dev.jetway.module;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.OpCode;
import dev.jetway.module.binary.EngineForm;
import dev.jetway.module.binary.LongLoops;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Loops that are done at once, by {@code memory.fill} and {@code memory.copy}. */
final class LongLoopsTest {
    private static final int PAGE = 1 << 16;
    private static final int CALLS = 150;

    /** The parameters: destination, source, counter, end, an i32 and an i64 to be stored. */
    private static String module(String loop) {
        return """
        (module (memory (export "memory") 1 2)
          (func (export "f")
            (param $p i32) (param $s i32) (param $n i32) (param $end i32)
            (param $v i32) (param $w i64)
            (result i32 i32 i32 i32 i32 i64)
            (local $t i32) (local $u i64)
            (loop %s)
            (local.get $p) (local.get $s) (local.get $n) (local.get $end)
            (local.get $v) (local.get $w)))
        """
                .formatted(loop);
    }

    private static String down(int step, String comparison) {
        return String.format(
                Locale.ROOT,
                "(br_if 0 (%s (local.tee $n (i32.sub (local.get $n) (i32.const %d)))",
                comparison,
                step);
    }

    private static final String STORE_BYTE = "(i32.store8 (local.get $p) (local.get $v))";
    private static final String COPY_BYTE =
            "(i32.store8 (local.get $p) (i32.load8_u (local.get $s)))";
    private static final String UNTIL_END = "(br_if 0 (i32.ne (local.get $p) (local.get $end)))";
    private static final String LAST =
            "(br_if 0 (local.tee $n (i32.sub (local.get $n) (i32.const 1))))";

    private static final String[] DONE_AT_ONCE = {
        STORE_BYTE + Wat.next("p", 1) + LAST,
        STORE_BYTE + Wat.next("p", 1) + UNTIL_END,
        STORE_BYTE + Wat.next("p", 1) + "(br_if 0 (i32.lt_u (local.get $p) (local.get $end)))",
        STORE_BYTE + Wat.next("p", 1) + "(br_if 0 (i32.gt_u (local.get $end) (local.get $p)))",
        STORE_BYTE + Wat.next("p", 1) + "(br_if 0 (i32.ne (local.get $p) (i32.const 1500)))",
        STORE_BYTE + Wat.next("p", 1) + Wat.next("s", -3) + LAST,
        "(i32.store8 (local.get $p) (i32.const 7))" + Wat.next("p", 1) + LAST,
        // wasi-libc's memset.
        "(i64.store (local.get $p) (local.get $w))"
                + "(i64.store (i32.add (local.get $p) (i32.const 24)) (local.get $w))"
                + "(i64.store (i32.add (local.get $p) (i32.const 16)) (local.get $w))"
                + "(i64.store offset=8 (local.get $p) (local.get $w))"
                + Wat.next("p", 32)
                + down(32, "i32.gt_u")
                + "(i32.const 31)))",
        "(i32.store offset=4 (local.get $p) (local.get $v))"
                + "(i32.store16 offset=8 (local.get $p) (local.get $v))"
                + "(i32.store16 offset=10 (local.get $p) (local.get $v))"
                + Wat.next("p", 8)
                + down(2, "i32.gt_u")
                + "(i32.const 3)))",
        // A counter that is below its bound from the beginning, most often.
        STORE_BYTE + Wat.next("p", 1) + down(65536, "i32.gt_u") + "(i32.const -67108864)))",
        "(i64.store32 (local.get $p) (local.get $w))" + Wat.next("p", 4) + UNTIL_END,
        "(i64.store (local.get $p) (i64.const -1))" + Wat.next("p", 8) + LAST,
        COPY_BYTE + Wat.next("p", 1) + Wat.next("s", 1) + LAST,
        // wasi-libc's memcpy, with its values in locals.
        "(local.set $u (i64.load offset=8 (local.get $s)))"
                + "(i64.store (local.get $p) (i64.load (local.get $s)))"
                + "(i64.store offset=8 (local.get $p) (local.get $u))"
                + Wat.next("p", 16)
                + Wat.next("s", 16)
                + down(16, "i32.gt_u")
                + "(i32.const 15)))",
        "(local.set $t (i32.add (local.get $p) (i32.const 3)))"
                + COPY_BYTE
                + "(i32.store8 offset=1 (local.get $p) (i32.load8_s offset=1 (local.get $s)))"
                + "(i32.store8 offset=2 (local.get $p) (i32.load8_u offset=2 (local.get $s)))"
                + "(local.set $p (local.get $t))"
                + Wat.next("s", 3)
                + UNTIL_END,
    };

    private static final String[] LEFT_ALONE = {
        // Another value in each turn.
        STORE_BYTE + Wat.next("p", 1) + Wat.next("v", 1) + LAST,
        "(i32.store8 (local.get $p) (local.get $n))" + Wat.next("p", 1) + LAST,
        "(i32.store (local.get $p) (i32.const 258))" + Wat.next("p", 4) + LAST,
        "(i32.store16 (local.get $p) (i32.const 258))" + Wat.next("p", 2) + LAST,
        // A gap, or twice the same byte.
        STORE_BYTE + Wat.next("p", 2) + LAST,
        STORE_BYTE + STORE_BYTE + Wat.next("p", 2) + LAST,
        "(i32.store (local.get $p) (local.get $v))" + Wat.next("p", 3) + LAST,
        "(i32.store (local.get $p) (local.get $v))" + STORE_BYTE + Wat.next("p", 4) + LAST,
        // Two places.
        STORE_BYTE
                + "(i32.store8 (local.get $s) (local.get $v))"
                + Wat.next("p", 1)
                + Wat.next("s", 1)
                + LAST,
        // Down.
        STORE_BYTE + Wat.next("p", -1) + LAST,
        "(i32.store8 (i32.sub (local.get $p) (i32.const 1)) (local.get $v))"
                + Wat.next("p", 1)
                + LAST,
        // A load that is not stored, or as another number of bytes.
        "(drop (i32.load8_u (local.get $s)))"
                + STORE_BYTE
                + Wat.next("p", 1)
                + Wat.next("s", 1)
                + LAST,
        "(local.set $t (i32.load8_u (local.get $s)))" + STORE_BYTE + Wat.next("p", 1) + LAST,
        "(i32.store8 (local.get $p) (i32.load (local.get $s)))"
                + Wat.next("p", 1)
                + Wat.next("s", 1)
                + LAST,
        "(i32.store16 (local.get $p) (i32.load8_s (local.get $s)))"
                + Wat.next("p", 2)
                + Wat.next("s", 2)
                + LAST,
        // Bytes in another order, or from elsewhere.
        "(i32.store8 (local.get $p) (i32.load8_u offset=1 (local.get $s)))"
                + "(i32.store8 offset=1 (local.get $p) (i32.load8_u (local.get $s)))"
                + Wat.next("p", 2)
                + Wat.next("s", 2)
                + LAST,
        COPY_BYTE + Wat.next("p", 1) + LAST,
        COPY_BYTE + Wat.next("p", 1) + Wat.next("s", 2) + LAST,
        "(local.set $t (i32.load8_u (local.get $s)))"
                + "(i32.store8 (local.get $p) (local.get $t))"
                + "(i32.store8 offset=1 (local.get $p) (local.get $t))"
                + Wat.next("p", 2)
                + Wat.next("s", 2)
                + LAST,
        // The byte that the last turn loaded.
        "(i32.store8 (local.get $p) (local.get $v)) (local.set $v (i32.load8_u (local.get $s)))"
                + Wat.next("p", 1)
                + Wat.next("s", 1)
                + LAST,
        // Another end.
        STORE_BYTE + Wat.next("p", 1) + "(br_if 0 (i32.lt_s (local.get $p) (local.get $end)))",
        STORE_BYTE + Wat.next("p", 1) + Wat.next("end", 1) + UNTIL_END,
        STORE_BYTE + Wat.next("p", 1) + "(br_if 0 (local.get $v))",
        STORE_BYTE + Wat.next("p", 1) + "(br_if 0 (i32.load8_u (local.get $s)))",
        STORE_BYTE + UNTIL_END + Wat.next("p", 1) + LAST,
        STORE_BYTE + "(br_if 0 (i32.gt_u (local.get $n) (i32.const 9)))" + Wat.next("p", 1),
        // The next turn finds another number than the compared one.
        "(local.set $t (local.get $n))"
                + STORE_BYTE
                + Wat.next("p", 1)
                + Wat.next("n", -1)
                + "(br_if 0 (local.get $t))",
        // Calls, globals and blocks are not followed.
        "(drop (memory.size))" + STORE_BYTE + Wat.next("p", 1) + LAST,
        "(block " + STORE_BYTE + ")" + Wat.next("p", 1) + LAST,
    };

    private static long atOnce(String loop) throws Exception {
        WasmModule module = Parser.parse(LongLoops.shortened(EngineForm.of(binary(loop))));
        return module.codeSection().getFunctionBody(0).instructions().stream()
                .filter(i -> i.opcode() == OpCode.MEMORY_FILL || i.opcode() == OpCode.MEMORY_COPY)
                .count();
    }

    private static byte[] binary(String loop) throws Exception {
        return Wat.binary(module(loop));
    }

    /** The results of a call, or its end, with a hash of the memory. */
    private static String effect(Instance instance, long[] arguments) {
        String end;
        try {
            end = Arrays.toString(instance.export("f").apply(arguments));
        } catch (ChicoryException e) {
            end = "trap";
        }
        byte[] bytes = instance.memory().readBytes(0, instance.memory().pages() << 16);
        return end + " " + Arrays.hashCode(bytes);
    }

    private static long[] arguments(Random random) {
        int p = address(random);
        int s = random.nextInt(3) == 0 ? p + random.nextInt(40) - 20 : address(random);
        int n = random.nextInt(8) == 0 ? random.nextInt() : random.nextInt(1200);
        int end = random.nextInt(8) == 0 ? random.nextInt() : p + random.nextInt(5000);
        int v = random.nextBoolean() ? random.nextInt() : random.nextInt(256) * 0x01010101;
        long w =
                switch (random.nextInt(3)) {
                    case 0 -> random.nextLong();
                    case 1 -> random.nextInt(256) * 0x01010101L;
                    default -> random.nextInt(256) * 0x0101010101010101L;
                };
        return new long[] {p, s, n, end, v, w};
    }

    private static int address(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> PAGE - random.nextInt(3000);
            case 1 -> random.nextInt();
            case 2 -> -random.nextInt(600);
            default -> random.nextInt(PAGE);
        };
    }

    private static void requireSame(String loop) throws Exception {
        byte[] binary = binary(loop);
        WasmModule original = Parser.parse(EngineForm.of(binary));
        CompiledModule compiled = CompiledModule.link("0", ModuleCompiler.compile(binary));
        var random = new Random(7);
        for (int call = 0; call < CALLS; call++) {
            Instance expected = Instance.builder(original).build();
            Instance found =
                    Instance.builder(compiled.wasm())
                            .withMachineFactory(compiled.machineFactory())
                            .withMemoryFactory(Fixtures::memory)
                            .build();
            byte[] bytes = new byte[PAGE];
            random.nextBytes(bytes);
            expected.memory().write(0, bytes);
            found.memory().write(0, bytes);
            long[] arguments = arguments(random);
            assertThat(effect(found, arguments))
                    .as("%s %s", loop, Arrays.toString(arguments))
                    .isEqualTo(effect(expected, arguments));
        }
    }

    @Test
    void loopsThatFillOrCopy_doneAtOnce_haveTheSameEffects() throws Exception {
        for (String loop : DONE_AT_ONCE) {
            assertThat(atOnce(loop)).as(loop).isEqualTo(1);
            requireSame(loop);
        }
    }

    @Test
    void otherLoops_areLeftAlone() throws Exception {
        for (String loop : LEFT_ALONE) {
            assertThat(atOnce(loop)).as(loop).isZero();
        }
    }

    /** The last turn is left to the loop. */
    @ParameterizedTest
    @CsvSource({"1, 0", "256, 0", "257, 1", "4000, 1"})
    void fewTurns_areLeftToTheLoop(int turns, int fills) throws Exception {
        byte[] form =
                LongLoops.shortened(EngineForm.of(binary(STORE_BYTE + Wat.next("p", 1) + LAST)));
        var found = new AtomicInteger();
        Instance instance =
                Instance.builder(Parser.parse(form))
                        .withUnsafeExecutionListener((instruction, _) -> {
                            if (instruction.opcode() == OpCode.MEMORY_FILL) {
                                found.incrementAndGet();
                            }
                        })
                        .build();

        long[] after = instance.export("f").apply(100, 0, turns, 0, 1, 0);

        assertThat(LongLoops.LEAST).isEqualTo(256);
        assertThat(found).hasValue(fills);
        assertThat(after).containsExactly(100L + turns, 0, 0, 0, 1, 0);
    }

    @ParameterizedTest
    @CsvSource({"65536, 1", "65537, 0"})
    void distanceFromTheLocal_isBounded(int offset, int atOnce) throws Exception {
        String store = "(i32.store8 offset=%d (local.get $p) (local.get $v))".formatted(offset);

        assertThat(atOnce(store + Wat.next("p", 1) + LAST)).isEqualTo(atOnce);
    }

    @ParameterizedTest
    @CsvSource({"65536, 1", "65537, 0"})
    void stepOfTheCounter_isBounded(int step, int atOnce) throws Exception {
        String counted = down(step, "i32.gt_u") + "(i32.const 0)))";

        assertThat(atOnce(STORE_BYTE + Wat.next("p", 1) + counted)).isEqualTo(atOnce);
    }
}
