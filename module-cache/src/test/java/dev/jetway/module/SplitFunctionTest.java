package dev.jetway.module;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import dev.jetway.module.codegen.CodeLimits;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A split function does exactly what the engine's interpreter does with the whole. */
final class SplitFunctionTest {
    private static final int MODULES = Integer.getInteger("jetway.random.modules", 60);
    private static final int CALLS = 6;
    private static final long STACK = 1L << 30;
    private static final long[][] ARGUMENTS = {
        {0, 0, 0, 0},
        {1, -1, Float.floatToRawIntBits(1.5f), Double.doubleToRawLongBits(-2.25)},
        {7, Long.MIN_VALUE, Float.floatToRawIntBits(-1e9f), Double.doubleToRawLongBits(1e300)},
        {-5, 12345, 0x7fc00000, 0x7ff8000000000000L},
        {65_530, 3, 0, Double.doubleToRawLongBits(3)},
        {2, 2, Float.floatToRawIntBits(2), Double.doubleToRawLongBits(2)}
    };

    /** The end of a call and the state after it. */
    private record Effect(String end, String globals, int pages, int memory) {}

    @ParameterizedTest
    @ValueSource(ints = {1, 24, 200, 1_000})
    void randomFunctionsInPieces(int chunk) throws Exception {
        var tried = new FutureTask<>(() -> tryRandomFunctions(chunk));
        // Deep enough that no call is too deep for the interpreter.
        new Thread(null, tried, "guest", STACK).start();

        // Enough of the calls end without a trap.
        assertThat(tried.get()).isGreaterThan(MODULES * CALLS / 10);
    }

    private static int tryRandomFunctions(int chunk) throws Exception {
        var limits = new CodeLimits(0, chunk);
        int ended = 0;
        for (int seed = 0; seed < MODULES; seed++) {
            byte[] binary = assemble(new RandomFunctions(new Random(seed)).text());
            WasmModule whole = Parser.parse(new ByteArrayInputStream(binary));
            List<Effect> expected = effects(whole, null);
            CompiledModule split = compile(binary, limits);
            List<Effect> found = effects(split.wasm(), split.machineFactory());
            assertThat(found).as("seed %d", seed).isEqualTo(expected);
            ended += (int) expected.stream().filter(e -> e.end().startsWith("[")).count();
        }
        return ended;
    }

    private static byte[] assemble(String text) throws Exception {
        return Wat.binary(text);
    }

    private static CompiledModule compile(byte[] binary, CodeLimits limits) throws Exception {
        ModuleImage image = ModuleCompiler.compile(binary, 64, limits);
        assertThat(image.interpreted()).isEmpty();
        return CompiledModule.link("0", image);
    }

    private static List<Effect> effects(
            WasmModule module, @Nullable Function<Instance, Machine> machines) {
        Instance.Builder builder = Instance.builder(module);
        Instance instance =
                (machines == null
                                ? builder
                                : builder.withMachineFactory(machines)
                                        .withMemoryFactory(Fixtures::memory))
                        .build();
        var effects = new ArrayList<Effect>();
        for (int i = 0; i < CALLS; i++) {
            instance.global(0).setValue(RandomFunctions.FUEL);
            effects.add(effect(instance, ARGUMENTS[i]));
        }
        return effects;
    }

    private static Effect effect(Instance instance, long[] arguments) {
        String end;
        try {
            end = Arrays.toString(instance.export("f").apply(arguments));
        } catch (ChicoryException e) {
            end = trap(e);
        }
        var globals = new StringBuilder();
        for (int g = 0; g < 5; g++) {
            globals.append(Long.toHexString(instance.global(g).getValue())).append(' ');
        }
        int pages = instance.memory().pages();
        byte[] bytes = instance.memory().readBytes(0, pages * 65536);
        return new Effect(end, globals.toString(), pages, Arrays.hashCode(bytes));
    }

    /** The engine's two halves word some traps differently. */
    private static String trap(ChicoryException e) {
        String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        for (String known :
                List.of(
                        "out of bounds memory",
                        "unreachable",
                        "divide by zero",
                        "overflow",
                        "undefined element",
                        "type mismatch",
                        "invalid conversion",
                        "uninitialized")) {
            if (message.contains(known)) {
                return known;
            }
        }
        return message;
    }
}
