package dev.jetway.module;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.Parser;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each comparison in front of each kind of condition does what the engine's interpreter does. */
final class ComparisonsTest {
    private static final String NOT = "(i32.and (i32.xor %s (i32.const -1)) (i32.const 1))";
    private static final String EQZ = "(i32.eqz %s)";

    /** Negations around a comparison, the innermost first. */
    private static final List<List<String>> NEGATIONS =
            List.of(
                    List.of(),
                    List.of(EQZ),
                    List.of(NOT),
                    List.of(EQZ, EQZ),
                    List.of(NOT, EQZ),
                    List.of(NOT, NOT),
                    List.of(EQZ, NOT, EQZ),
                    List.of("(i32.and (i32.const 1) %s)"),
                    List.of("(i32.xor (i32.const 1) %s)"),
                    List.of("(i32.and (i32.xor %s (i32.const -2)) (i32.const 1))"));

    private static final List<String> CONDITIONS =
            List.of(
                    "(if (result i32) %s (then (i32.const 3)) (else (i32.const 5)))",
                    "(block (br_if 0 %s) (return (i32.const 5))) (i32.const 3)",
                    "(loop (if (local.get $again) (then (return (i32.const 3))))"
                            + " (local.set $again (i32.const 1)) (br_if 0 %s)) (i32.const 5)",
                    "(select (i32.const 3) (i32.const 5) %s)",
                    "%s",
                    "(local.set $again %s) (i32.add (local.get $again) (local.get $again))");

    private static final long[] INTEGERS = {
        0, 1, -1, 2, Integer.MIN_VALUE, Integer.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32
    };

    private static final double[] NUMBERS = {
        0, -0.0, 1, -1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e-40
    };

    private static Stream<String> comparisons(String type) {
        List<String> relations =
                type.startsWith("f")
                        ? List.of("eq", "ne", "lt", "gt", "le", "ge")
                        : List.of(
                                "eq", "ne", "lt_s", "lt_u", "gt_s", "gt_u", "le_s", "le_u", "ge_s",
                                "ge_u");
        Stream<String> two =
                relations.stream()
                        .map(r -> "(%s.%s (local.get 0) (local.get 1))".formatted(type, r));
        return type.startsWith("f")
                ? two
                : Stream.concat(two, Stream.of("(%s.eqz (local.get 0))".formatted(type)));
    }

    private static List<String> conditions(String type) {
        return comparisons(type)
                .flatMap(comparison ->
                        NEGATIONS.stream()
                                .map(list -> negated(comparison, list))
                                .flatMap(value -> CONDITIONS.stream().map(c -> c.formatted(value))))
                .toList();
    }

    private static String negated(String comparison, List<String> negations) {
        String value = comparison;
        for (String negation : negations) {
            value = negation.formatted(value);
        }
        return value;
    }

    private static String text(String type, List<String> bodies) {
        var text = new StringBuilder("(module");
        for (int i = 0; i < bodies.size(); i++) {
            text.append(
                    "(func (export \"f%d\") (param %s %s) (result i32) (local $again i32) %s)\n"
                            .formatted(i, type, type, bodies.get(i)));
        }
        return text.append(')').toString();
    }

    private static long[][] operands(String type) {
        return switch (type) {
            case "i32" -> pairs(Stream.of(0L, 1L, -1L, 2L, -2147483648L, 2147483647L));
            case "i64" -> pairs(Arrays.stream(INTEGERS).boxed());
            case "f32" ->
                    pairs(
                            Arrays.stream(NUMBERS)
                                    .mapToObj(n -> (long) Float.floatToRawIntBits((float) n)));
            default -> pairs(Arrays.stream(NUMBERS).mapToObj(Double::doubleToRawLongBits));
        };
    }

    private static long[][] pairs(Stream<Long> values) {
        List<Long> all = values.toList();
        return all.stream()
                .flatMap(a -> all.stream().map(b -> new long[] {a, b}))
                .toArray(long[][]::new);
    }

    @ParameterizedTest
    @ValueSource(strings = {"i32", "i64", "f32", "f64"})
    void comparisonBeforeACondition(String type) throws Exception {
        List<String> bodies = conditions(type);
        byte[] binary = Wat.binary(text(type, bodies));
        Instance expected =
                Instance.builder(Parser.parse(new ByteArrayInputStream(binary))).build();
        CompiledModule module = CompiledModule.link("0", ModuleCompiler.compile(binary));
        Instance compiled =
                Instance.builder(module.wasm()).withMachineFactory(module.machineFactory()).build();

        long[][] operands = operands(type);
        for (int i = 0; i < bodies.size(); i++) {
            for (long[] pair : operands) {
                assertThat(compiled.export("f" + i).apply(pair))
                        .as("%s of %s", bodies.get(i), pair)
                        .isEqualTo(expected.export("f" + i).apply(pair));
            }
        }
    }
}
