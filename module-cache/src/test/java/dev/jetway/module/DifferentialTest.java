package dev.jetway.module;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.runtime.WasmException;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import dev.jetway.module.binary.EngineForm;
import dev.jetway.module.binary.RandomBinary;
import dev.jetway.module.codegen.CodeLimits;
import dev.jetway.module.memory.LinearMemory;
import dev.jetway.module.source.ModuleException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Compiled code does exactly what the engine's interpreter does: results, traps, memory, tables and
 * globals of random valid modules; and each byte that it wrote is in a marked card or near one. By
 * hand for longer: {@code -Djetway.random.seconds}, and {@code -Djetway.random.seed} for the first
 * seed.
 */
final class DifferentialTest {
    private static final int SECONDS = Integer.getInteger("jetway.random.seconds", 10);
    private static final int FIRST_SEED = Integer.getInteger("jetway.random.seed", 0);
    private static final int CALLS = 4;

    /** Bytes of the pieces that the functions of every second module are split into. */
    private static final int[] PIECES = {1, 24, 200, 1_000};

    /** Tail calls to a function with fewer locals: the interpreter itself fails now and then. */
    private static final String FAULT = "a fault of the interpreter";

    /** The interpreter does not see that offset and size of table.fill overflow. */
    private static final String BEYOND = "out of bounds table access";

    private static final long STACK = 256L << 20;

    /** The end of a call and the state after it. */
    private record Effect(String end, List<Long> globals, int memory, List<Integer> table) {}

    @Test
    void randomModules_compiledAndInterpreted_haveTheSameEffects() throws Exception {
        var tried = new FutureTask<>(DifferentialTest::tryModules);
        new Thread(null, tried, "guest", STACK).start();

        // Enough of the calls end without a trap.
        assertThat(tried.get()).isGreaterThan(5);
    }

    private static int tryModules() throws Exception {
        long end = System.nanoTime() + SECONDS * 1_000_000_000L;
        int returned = 0;
        int modules = 0;
        for (int seed = FIRST_SEED; System.nanoTime() < end; seed++) {
            byte[] binary = new RandomBinary(new Random(seed)).bytes();
            CompiledModule compiled = compile(binary, seed);
            byte[] narrowing = new RandomBinary(new Random(seed), true).bytes();
            List<Effect> expected = effects(Parser.parse(EngineForm.of(narrowing)), null);
            List<Effect> found = effects(compiled.wasm(), compiled.machineFactory());
            boolean beyond = found.getLast().end().equals(BEYOND) && !found.equals(expected);
            if (beyond || expected.getLast().end().equals(FAULT)) {
                continue;
            }
            assertThat(found).as("seed %d", seed).isEqualTo(expected);
            returned += (int) expected.stream().filter(e -> e.end().startsWith("[")).count();
            modules++;
        }
        System.getLogger("differential").log(System.Logger.Level.INFO, modules + " modules");
        return returned;
    }

    private static CompiledModule compile(byte[] binary, int seed) throws Exception {
        var pieces = new CodeLimits(0, PIECES[seed / 2 % PIECES.length]);
        try {
            return CompiledModule.link(
                    "0",
                    seed % 2 == 0
                            ? ModuleCompiler.compile(binary)
                            : ModuleCompiler.compile(binary, 64, pieces));
        } catch (ModuleException e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    private static List<Effect> effects(
            WasmModule module, @Nullable Function<Instance, Machine> machines) {
        Instance.Builder builder = Instance.builder(module).withStart(false);
        if (machines != null) {
            builder.withMachineFactory(machines).withMemoryFactory(Fixtures::memory);
        }
        Instance instance = builder.build();
        byte[] before = bytes(instance);
        if (instance.memory() instanceof LinearMemory memory) {
            Arrays.fill(memory.cards, (short) 0);
        }
        var effects = new ArrayList<Effect>();
        for (int call = 0; call < CALLS; call++) {
            String end = end(instance, call);
            effects.add(effect(instance, end));
            if (!end.startsWith("[")) {
                // A trap ends an instance.
                break;
            }
        }
        if (instance.memory() instanceof LinearMemory memory) {
            assertThat(MarkedCards.missed(memory, before)).isEqualTo(-1);
        }
        return effects;
    }

    private static String end(Instance instance, int call) {
        long[] arguments = {
            call, -call, Float.floatToIntBits(call / 2f), Double.doubleToLongBits(-1e9 * call)
        };
        try {
            return Arrays.toString(instance.export("f0").apply(arguments));
        } catch (WasmException e) {
            return "exception";
        } catch (ChicoryException e) {
            return BEYOND.equals(e.getMessage()) ? BEYOND : "trap";
        } catch (IndexOutOfBoundsException e) {
            return FAULT;
        }
    }

    private static Effect effect(Instance instance, String end) {
        var globals = new ArrayList<Long>();
        for (int i = 0; i < 4; i++) {
            globals.add(instance.exports().global("g" + i).getValue());
        }
        var table = new ArrayList<Integer>();
        for (int i = 0; i < instance.table(0).size(); i++) {
            table.add(instance.table(0).ref(i));
        }
        return new Effect(end, globals, Arrays.hashCode(bytes(instance)), table);
    }

    private static byte[] bytes(Instance instance) {
        return instance.memory().readBytes(0, instance.memory().pages() << 16);
    }
}
