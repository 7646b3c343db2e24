package dev.jetway.module;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.ChicoryException;
import dev.jetway.module.codegen.CodeLimits;
import dev.jetway.module.memory.LinearMemory;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** After any code has run, each byte that it wrote is in a marked card or near one. */
final class CardsTest {
    private static final int MODULES = 60;
    private static final long STACK = 1L << 30;

    private static Instance instance(String text, CodeLimits limits) throws Exception {
        byte[] binary = Wat.binary(text);
        CompiledModule module =
                CompiledModule.link("0", ModuleCompiler.compile(binary, 64, limits));
        return Instance.builder(module.wasm())
                .withMachineFactory(module.machineFactory())
                .withMemoryFactory(LinearMemory::new)
                .build();
    }

    private static int missedBy(Instance instance, long... arguments) {
        var memory = (LinearMemory) instance.memory();
        Arrays.fill(memory.cards, (short) 0);
        byte[] before = memory.readBytes(0, memory.limit);
        try {
            instance.export("f").apply(arguments);
        } catch (ChicoryException e) {
            // A trap: what was written before it counts.
            return MarkedCards.missed(memory, before);
        }
        return MarkedCards.missed(memory, before);
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 1_000, 60_000})
    void randomFunctions(int largest) throws Exception {
        var tried = new FutureTask<>(() -> tryRandomFunctions(new CodeLimits(largest, 500)));
        new Thread(null, tried, "guest", STACK).start();

        assertThat(tried.get()).isEqualTo(-1);
    }

    private static int tryRandomFunctions(CodeLimits limits) throws Exception {
        for (int seed = 500; seed < 500 + MODULES; seed++) {
            Instance instance = instance(new RandomFunctions(new Random(seed)).text(), limits);
            for (int a : new int[] {0, 4_090, 40_000, 65_530, -1}) {
                instance.global(0).setValue(RandomFunctions.FUEL);
                int missed = missedBy(instance, a, a, 0, 0);
                if (missed >= 0) {
                    return missed;
                }
            }
        }
        return -1;
    }

    /** Random stores to a few variables that change, as compilers without optimisation write. */
    private static String stores(Random random) {
        var text = new StringBuilder();
        text.append("(module (memory 3) (func (export \"f\") (param $a i32) (local $b i32)");
        text.append("(local $n i32) (local $x i64) (local.set $b (local.get $a))");
        for (int i = 0; i < 12; i++) {
            text.append(statement(random, 3));
        }
        return text.append("))").toString();
    }

    private static String statement(Random random, int depth) {
        String variable = random.nextBoolean() ? "$a" : "$b";
        int offset = random.nextInt(4) * 128 + random.nextInt(9) - (random.nextInt(2) * 4);
        String at = "offset=" + Math.max(0, offset);
        return switch (random.nextInt(depth == 0 ? 5 : 9)) {
            case 0, 1 -> "(i32.store %s (local.get %s) (i32.const -1))".formatted(at, variable);
            case 2 -> "(i64.store %s (local.get %s) (i64.const -1))".formatted(at, variable);
            // The address is read before the variable changes.
            case 3 ->
                    "(i32.store8 %s (local.get %s) (local.tee %s (i32.add (local.get %s) (i32.const %d))))"
                            .formatted(at, variable, variable, variable, random.nextInt(5_000) + 1);
            case 4 ->
                    "(local.set %s (i32.add (local.get %s) (i32.const %d)))"
                            .formatted(variable, variable, random.nextInt(9_000) - 2_000);
            case 5, 6 ->
                    "(if (i32.and (local.get %s) (i32.const %d)) (then %s) (else %s))"
                            .formatted(
                                    variable,
                                    1 << random.nextInt(4),
                                    statement(random, depth - 1),
                                    statement(random, depth - 1));
            case 7 ->
                    ("(local.set $n (i32.const 3)) (loop %s %s (local.set $n (i32.sub"
                                    + " (local.get $n) (i32.const 1))) (br_if 0 (i32.gt_s"
                                    + " (local.get $n) (i32.const 0))))")
                            .formatted(statement(random, 0), statement(random, 0));
            default ->
                    "(block (br_if 0 (i32.and (local.get %s) (i32.const 1))) %s) %s"
                            .formatted(
                                    variable,
                                    statement(random, depth - 1),
                                    statement(random, depth - 1));
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 60_000})
    void storesThatShareTheirAddress(int largest) throws Exception {
        for (int seed = 0; seed < 2 * MODULES; seed++) {
            Instance instance = instance(stores(new Random(seed)), new CodeLimits(largest, 200));
            for (int a : new int[] {0, 3_840, 4_095, 8_190, 12_000, 196_000}) {
                assertThat(missedBy(instance, a)).as("seed %d at %d", seed, a).isEqualTo(-1);
            }
        }
    }

    /** Loops of one block whose ends tell their turns. They end after those, or trap. */
    private static String countedLoops(Random random, int loops) {
        var text = new StringBuilder();
        text.append("(module (memory 3) (func (export \"f\") (param $a i32) (local $n i32)");
        text.append("(local $p i32) (local $t i32)");
        for (int i = 0; i < loops; i++) {
            text.append("(local.set $p (local.get $a))").append(countedLoop(random));
        }
        return text.append("))").toString();
    }

    private static String countedLoop(Random random) {
        int turns = 1 + random.nextInt(random.nextInt(8) == 0 ? 9_000 : 90);
        int step = (1 + random.nextInt(9)) * (random.nextBoolean() ? 1 : -1);
        int first = random.nextInt() >> random.nextInt(Integer.SIZE);
        int end = first + step * turns;
        long last = first + (long) step * turns;
        String comparison = last != end ? "i32.ne" : step > 0 ? "i32.lt_s" : "i32.gt_s";
        var text = new StringBuilder();
        text.append("(local.set $n (i32.const ").append(first).append("))(loop ");
        text.append(WORK.repeat(3));
        for (int stores = 1 + random.nextInt(6); stores > 0; stores--) {
            text.append(store(random));
            if (random.nextInt(3) == 0) {
                int change = random.nextInt(random.nextInt(4) == 0 ? 9_000 : 80) - 40;
                text.append(Wat.next("p", change));
            }
        }
        text.append(Wat.next("n", step)).append("(br_if 0 (").append(comparison);
        return text.append("(local.get $n) (i32.const ").append(end).append("))))").toString();
    }

    private static final String WORK = "(local.set $t (i32.add (local.get $t) (i32.const 77)))";

    private static String store(Random random) {
        int offset = random.nextInt(random.nextInt(4) == 0 ? 10_000 : 600);
        String address =
                switch (random.nextInt(4)) {
                    case 0 ->
                            "(i32.and (local.get $t) (i32.const %d))"
                                    .formatted(random.nextInt(5_000));
                    case 1 ->
                            "(i32.add (local.get $p) (i32.const %d))"
                                    .formatted(random.nextInt(9_000) - 4_500);
                    default -> "(local.get $p)";
                };
        return "(i32.store offset=%d %s (local.get $t))".formatted(offset, address);
    }

    @ParameterizedTest
    @CsvSource({"1, 8000, 6000", "5, 400, 300", "5, 600, 250"})
    void countedLoops(int loops, int largest, int piece) throws Exception {
        var limits = new CodeLimits(largest, piece);
        for (int seed = 0; seed < 4 * MODULES; seed++) {
            Instance instance = instance(countedLoops(new Random(seed), loops), limits);
            for (int a : new int[] {0, 3_840, 4_095, 40_000, 196_000, 196_608, -300}) {
                assertThat(missedBy(instance, a)).as("seed %d at %d", seed, a).isEqualTo(-1);
            }
        }
    }

    @Test
    void storesNearAnother_markOneCard() throws Exception {
        Instance instance =
                instance(
                        """
                        (module (memory 3) (func (export "f") (param i32)
                          (i32.store8 (local.get 0) (i32.const 1))
                          (i32.store8 offset=127 (local.get 0) (i32.const 1))))
                        """,
                        CodeLimits.DEFAULT);

        int missed = missedBy(instance, 2 * LinearMemory.CARD - 1);

        short[] cards = ((LinearMemory) instance.memory()).cards;
        assertThat(missed).isEqualTo(-1);
        assertThat(Arrays.copyOf(cards, 4)).containsExactly(0, 1, 0, 0);
    }

    @Test
    void storesFarFromAnother_markTheirOwnCard() throws Exception {
        Instance instance =
                instance(
                        """
                        (module (memory 3) (func (export "f") (param i32)
                          (i32.store8 (local.get 0) (i32.const 1))
                          (i32.store8 offset=%d (local.get 0) (i32.const 1))))
                        """
                                .formatted(LinearMemory.NEAR),
                        CodeLimits.DEFAULT);

        missedBy(instance, 2 * LinearMemory.CARD - 1);

        short[] cards = ((LinearMemory) instance.memory()).cards;
        assertThat(Arrays.copyOf(cards, 4)).containsExactly(0, 1, 1, 0);
    }
}
