package dev.jetway.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Operations that are right in compiled code and wrong in the engine alone. */
final class EngineCorrectionsTest {
    private static final String TABLES =
            """
            (module
              (table $a 4 funcref) (table $b 12 funcref)
              (elem $active (table $a) (i32.const 0) func $f $f)
              (elem $passive func $f $f $f)
              (elem $declared declare func $f)
              (memory 1) (data $text (i32.const 0) "text")
              (func $f)
              (func (export "fill") (param i32 i32)
                (table.fill $a (local.get 0) (ref.func $f) (local.get 1)))
              (func (export "copy") (param i32 i32 i32)
                (table.copy $b $a (local.get 0) (local.get 1) (local.get 2)))
              (func (export "self") (param i32 i32 i32)
                (table.copy $b $b (local.get 0) (local.get 1) (local.get 2)))
              (func (export "init") (param i32 i32 i32)
                (table.init $b $passive (local.get 0) (local.get 1) (local.get 2)))
              (func (export "active") (param i32 i32 i32)
                (table.init $b $active (local.get 0) (local.get 1) (local.get 2)))
              (func (export "declared") (param i32 i32 i32)
                (table.init $b $declared (local.get 0) (local.get 1) (local.get 2)))
              (func (export "dropped") (param i32 i32 i32) (elem.drop $passive)
                (elem.drop $passive)
                (table.init $b $passive (local.get 0) (local.get 1) (local.get 2)))
              (func (export "memory") (param i32 i32 i32)
                (memory.init $text (local.get 0) (local.get 1) (local.get 2)))
              (func (export "drop") (param i32 i32 i32) (data.drop $text) (data.drop $text))
              (func (export "clear") (param i32 i32 i32)
                (memory.fill (local.get 0) (local.get 1) (local.get 2)))
              (func (export "move") (param i32 i32 i32)
                (memory.copy (local.get 0) (local.get 1) (local.get 2))))
            """;

    /**
     * Offsets and lengths are unsigned 32-bit numbers; a length of zero is allowed at the very end.
     */
    @ParameterizedTest
    @CsvSource({
        "fill, 0 4, fits",
        "fill, 4 0, fits",
        "fill, 5 0, traps",
        "fill, 1 4, traps",
        "fill, -1 1, traps",
        "fill, -1 2, traps",
        "fill, 2 -1, traps",
        "fill, 2147483647 2147483647, traps",
        "copy, 8 0 4, fits",
        "copy, 12 4 0, fits",
        "copy, 9 0 4, traps",
        "copy, 8 1 4, traps",
        "copy, 13 0 0, traps",
        "copy, 0 5 0, traps",
        "copy, 0 1 -1, traps",
        "copy, 0 1 2147483647, traps",
        "copy, -1 0 1, traps",
        "self, 1 0 11, fits",
        "self, 0 1 11, fits",
        "self, 1 0 12, traps",
        "init, 9 0 3, fits",
        "init, 12 3 0, fits",
        "init, 10 0 3, traps",
        "init, 0 1 3, traps",
        "init, 13 0 0, traps",
        "init, 0 4 0, traps",
        "init, 0 1 -1, traps",
        "init, -1 0 2, traps",
        "active, 0 0 0, fits",
        "active, 0 0 1, traps",
        "declared, 12 0 0, fits",
        "declared, 0 0 1, traps",
        "dropped, 0 0 0, fits",
        "dropped, 0 0 1, traps",
        "dropped, 0 1 0, traps",
        "memory, 65536 0 0, fits",
        "memory, 0 0 1, traps",
        "memory, 0 1 0, traps",
        "memory, 65537 0 0, traps",
        "drop, 0 0 0, fits",
        "clear, 65536 7 0, fits",
        "clear, 65537 7 0, traps",
        "clear, 1 7 -1, traps",
        "clear, -1 7 1, traps",
        "move, 0 65536 0, fits",
        "move, 65536 0 0, fits",
        "move, 0 65537 0, traps",
        "move, 1 0 65535, fits",
        "move, 1 0 65536, traps",
        "move, 0 -1 2, traps",
    })
    void ranges(String function, String arguments, String expected) throws Exception {
        Instance instance = Wat.compiled(TABLES);
        long[] numbers =
                IntStream.of(
                                Arrays.stream(arguments.split(" ", -1))
                                        .mapToInt(Integer::parseInt)
                                        .toArray())
                        .mapToLong(Integer::toUnsignedLong)
                        .toArray();
        if (expected.equals("fits")) {
            assertThat(instance.export(function).apply(numbers)).isNullOrEmpty();
        } else {
            assertThatThrownBy(() -> instance.export(function).apply(numbers))
                    .isInstanceOf(ChicoryException.class)
                    .hasMessageContaining("out of bounds");
        }
    }

    /** When this fails, the engine adds without overflow, and TableOperations is not needed. */
    @Test
    void theEngineAloneFillsNothingBeyondTheEnd() throws Exception {
        Instance instance = Instance.builder(Parser.parse(Wat.binary(TABLES))).build();

        assertThat(instance.export("fill").apply(Integer.MAX_VALUE, Integer.MAX_VALUE))
                .isNullOrEmpty();
    }

    /** When this fails, the engine drops active segments, and BodyRewriter need not. */
    @Test
    void theEngineAloneKeepsActiveSegments() throws Exception {
        Instance instance = Instance.builder(Parser.parse(Wat.binary(TABLES))).build();

        assertThat(instance.export("memory").apply(9, 0, 1)).isNullOrEmpty();
    }

    /**
     * When this fails, the engine's operations make NaNs quiet, and FloatOperations is not needed.
     */
    @Test
    void theEngineAloneKeepsSignallingNans() throws Exception {
        byte[] module =
                Wat.binary(
                        "(module (func (export \"f\") (param f64) (result f64) (f64.ceil (local.get"
                                + " 0))))");
        long signalling = 0x7ff4_0000_0000_0000L;
        Instance alone = Instance.builder(Parser.parse(module)).build();

        assertThat(alone.export("f").apply(signalling)).containsExactly(signalling);
        assertThat(Wat.compiled(module).export("f").apply(signalling))
                .containsExactly(0x7ffc_0000_0000_0000L);
    }

    /** The JIT replaces x * 1 and x - 0 by x, unless it cannot see that these are constants. */
    @ParameterizedTest
    @CsvSource({"mul, 1", "div, 1", "sub, 0", "add, -0"})
    void aNanIsQuiet_whateverTheJitDoes(String operation, String constant) throws Exception {
        Instance instance =
                Wat.compiled(
                        """
                        (module (func $f (param f64) (result f64)
                            (f64.%s (local.get 0) (f64.const %s)))
                          (func (export "noisy") (result i32) (local $i i32) (local $noisy i32)
                            (loop $again
                              (if (i64.eqz (i64.and (i64.const 0x8000000000000)
                                  (i64.reinterpret_f64 (call $f (f64.const nan:0x4000000000000)))))
                                (then (local.set $noisy
                                    (i32.add (local.get $noisy) (i32.const 1)))))
                              (local.set $i (i32.add (local.get $i) (i32.const 1)))
                              (br_if $again (i32.lt_u (local.get $i) (i32.const 300000))))
                            (local.get $noisy)))
                        """
                                .formatted(operation, constant));

        assertThat(instance.export("noisy").apply()).containsExactly(0);
    }

    private static String names(int functions) {
        return IntStream.range(0, functions)
                .mapToObj(i -> "$f" + i)
                .collect(Collectors.joining(" "));
    }

    /** Functions of those names that return their number. */
    private static String functions(int functions) {
        return IntStream.range(0, functions)
                .mapToObj(i -> "(func $f%1$d (result i32) (i32.const %1$d))".formatted(i))
                .collect(Collectors.joining());
    }

    /** More functions of one type than the engine calls in one method, with words of two kinds. */
    @Test
    void oneOfAThousandFunctionsByItsNumber() throws Exception {
        String functions =
                IntStream.range(0, 1_100)
                        .mapToObj(i ->
                                """
                                (func $f%d (param i64 i32) (result i64)
                                  (i64.add (local.get 0) (i64.const %d)))
                                """
                                        .formatted(i, i))
                        .collect(Collectors.joining());
        String names = names(1_100);
        Instance instance =
                Wat.compiled(
                        """
                        (module (type $t (func (param i64 i32) (result i64)))
                          (table funcref (elem %s $f)) %s
                          (func $f (export "f") (param i32) (result i64)
                            (call_indirect (type $t) (i64.const 5) (i32.const 1) (local.get 0))))
                        """
                                .formatted(names, functions));

        assertThat(instance.export("f").apply(1_050)).containsExactly(1_055);
        assertThatThrownBy(() -> instance.export("f").apply(1_100))
                .hasMessage("indirect call type mismatch");
    }

    /** Many functions of a type are called by classes of their own, with values of each kind. */
    @ParameterizedTest
    @CsvSource({
        "i32, 0x7fffffff",
        "i64, 0x7fffffffffffffff",
        "f32, 0x7fc00001",
        "f64, 0x7ff8000000000001",
        "funcref, 39",
        "externref, 5",
        "i32 i64, 3"
    })
    void oneOfManyFunctionsWithValuesOfEachKind(String kinds, long bits) throws Exception {
        String value =
                switch (kinds) {
                    case "i32" -> "(i32.const %d)".formatted(bits);
                    case "i64" -> "(i64.const %d)".formatted(bits);
                    case "f32" -> "(f32.reinterpret_i32 (i32.const %d))".formatted(bits);
                    case "f64" -> "(f64.reinterpret_i64 (i64.const %d))".formatted(bits);
                    case "funcref" -> "(ref.func $f39)";
                    case "externref" -> "(local.get $e)";
                    default -> "(i32.const 1) (i64.const %d)".formatted(bits);
                };
        String result = kinds.contains(" ") ? "i64 i32" : kinds;
        String body = kinds.contains(" ") ? "local.get 1 local.get 0" : "local.get 0";
        String functions =
                IntStream.range(0, 40)
                        .mapToObj(i -> "(func $f%d (type $t) %s)".formatted(i, body))
                        .collect(Collectors.joining());
        String names = names(40);
        String text =
                """
                (module (type $t (func (param %s) (result %s)))
                  (table funcref (elem %s)) %s
                  (func (export "f") (param $i i32) (param $e externref) (result %s)
                    (call_indirect (type $t) %s (local.get $i))))
                """
                        .formatted(kinds, result, names, functions, result, value);
        Instance instance = Wat.compiled(text);
        Instance other = Wat.compiled(text);

        for (int i : new int[] {0, 39, 0}) {
            assertThat(instance.export("f").apply(i, 5)).contains(bits);
            assertThat(other.export("f").apply(i, 5)).contains(bits);
        }
        assertThatThrownBy(() -> instance.export("f").apply(40, 5))
                .hasMessageContaining("undefined element");
    }

    /** A module whose functions of one type are called by entry of its tables. */
    private static Instance calling(String tables, String more) throws Exception {
        return Wat.compiled(
                """
                (module (type $t (func (result i32))) %s
                  (elem declare func %s)
                  %s
                  (func $other (param i32) (result i32) (local.get 0))
                  (func (export "f") (param i32) (result i32)
                    (call_indirect (type $t) (local.get 0)))
                  %s)
                """
                        .formatted(tables, names(40), functions(40), more));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(table.set 0 (i32.const 3) (ref.func $f39))",
                "(table.fill 0 (i32.const 3) (ref.func $f39) (i32.const 1))",
                "(table.copy 0 0 (i32.const 3) (i32.const 39) (i32.const 1))",
                "(table.copy 0 1 (i32.const 3) (i32.const 0) (i32.const 1))",
                "(table.init 0 $e (i32.const 3) (i32.const 0) (i32.const 1))",
                "(drop (table.grow 0 (ref.func $f39) (i32.const 1)))"
            })
    void callThroughATableThatHasChanged_callsWhatIsThereNow(String change) throws Exception {
        Instance instance =
                calling(
                        "(table 40 funcref) (table funcref (elem $f39)) (elem $e func $f39)"
                                + " (elem (table 0) (i32.const 0) func %s)".formatted(names(40)),
                        "(func (export \"change\") %s)".formatted(change));
        int entry = change.contains("grow") ? 40 : 3;
        if (entry == 3) {
            assertThat(instance.export("f").apply(3)).containsExactly(3);
        }

        instance.export("change").apply();

        assertThat(instance.export("f").apply(entry)).containsExactly(39);
    }

    @ParameterizedTest
    @CsvSource({
        "41, uninitialized element 41",
        "42, indirect call type mismatch",
        "43, undefined element",
        "2147483647, undefined element",
        "-1, undefined element"
    })
    void callOfAnEntryThatIsNoFunctionOfTheType_trapsEachTime(int entry, String message)
            throws Exception {
        Instance instance =
                calling(
                        "(table 43 funcref) (elem (i32.const 0) func %s)".formatted(names(40))
                                + " (elem (i32.const 42) func $other)",
                        "");

        for (int i = 0; i < 3; i++) {
            assertThat(instance.export("f").apply(39)).containsExactly(39);
            assertThatThrownBy(() -> instance.export("f").apply(entry))
                    .hasMessageContaining(message);
        }
    }

    /** Beyond 2,097,152 places, less the 42 of the functions, calls go without an array. */
    @ParameterizedTest
    @ValueSource(ints = {2_097_152 - 42, 2_097_152 - 41})
    void callThroughAVeryLargeTable(int entries) throws Exception {
        String table =
                "(table %d funcref) (elem (i32.const %d) func %s)"
                        .formatted(entries, entries - 40, names(40));
        Instance instance = calling(table, "");
        Instance other = calling(table, "");

        for (int i : new int[] {0, 39, 0}) {
            assertThat(instance.export("f").apply(entries - 40 + i)).containsExactly(i);
            assertThat(other.export("f").apply(entries - 40 + i)).containsExactly(i);
        }
        assertThatThrownBy(() -> instance.export("f").apply(entries))
                .hasMessageContaining("undefined element");
    }

    /** Segments of a table that never changes; an entry, and what the function there returns. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "(elem (i32.const 9) func $f7) | 9 | 7",
                "(elem (i32.const 9) func $f7) (elem (i32.const 9) func $f8) | 9 | 8",
                "(elem (i32.const 9) funcref (ref.func $f7)) | 9 | 7",
                "(elem (i32.const 9) func $same) | 9 | 77",
                "(elem (i32.const 1000) func $f7) | 1000 | 7",
                "(elem (i32.const 9) funcref (ref.null func)) | 9 | uninitialized element 9",
                "(elem (i32.const 9) func $other) | 9 | indirect call type mismatch"
            })
    void callByAnEntry_callsWhatTheSegmentsHaveThere(String segments, int entry, String result)
            throws Exception {
        String tables =
                "(type $u (func (result i32))) (table 1001 funcref) (elem (i32.const 0) func %s)"
                                .formatted(names(40))
                        + segments;
        Instance instance = calling(tables, "(func $same (type $u) (i32.const 77))");

        for (int i = 0; i < 3; i++) {
            if (Character.isDigit(result.charAt(0))) {
                assertThat(instance.export("f").apply(entry))
                        .containsExactly(Long.parseLong(result));
            } else {
                assertThatThrownBy(() -> instance.export("f").apply(entry))
                        .hasMessageContaining(result);
            }
        }
    }

    /** A global of the module's own says where a segment begins; wabt refuses that. */
    @Test
    void callByAnEntryOfASegmentWhoseBeginningIsAGlobal_callsWhatIsThere() throws Exception {
        byte[] binary =
                Wat.binary(
                        """
                        (module (type $t (func (result i32))) (global i32 (i32.const 4))
                          (table funcref (elem %s)) (elem (table 0) (i32.const 33) func $f7) %s
                          (func (export "f") (param i32) (result i32)
                            (call_indirect (type $t) (local.get 0))))
                        """
                                .formatted(names(40), functions(40)));
        byte[] constant = {0x41, 33, 0x0b, 1};
        int at =
                new String(binary, StandardCharsets.ISO_8859_1)
                        .indexOf(new String(constant, StandardCharsets.ISO_8859_1));
        binary[at] = 0x23;
        binary[at + 1] = 0;
        Instance instance = Wat.compiled(binary);

        assertThat(instance.export("f").apply(4)).containsExactly(7);
        assertThat(instance.export("f").apply(5)).containsExactly(5);
    }

    /**
     * One method has all up to 262,144 entries from the first, and all that can be must be right.
     */
    @ParameterizedTest
    @ValueSource(ints = {100, 262_144, 262_145, 2_000_000, 9_999_999})
    void callByEntriesThatAreFarFromEachOther(int far) throws Exception {
        Instance instance =
                calling(
                        "(table 10000000 funcref) (elem (i32.const 0) func %s)".formatted(names(40))
                                + " (elem (i32.const %d) func $f7)".formatted(far),
                        "");

        assertThat(instance.export("f").apply(far)).containsExactly(7);
        long before = loadedClasses();
        for (int i = 0; i < 40; i++) {
            assertThat(instance.export("f").apply(i)).containsExactly(i);
        }
        long classes = loadedClasses() - before;

        assertThat(classes < 20).isEqualTo(far <= 262_144);
        for (int entry : new int[] {40, far - 1, far + 64}) {
            assertThatThrownBy(() -> instance.export("f").apply(entry))
                    .hasMessageContaining("element");
        }
    }

    private static long loadedClasses() {
        return ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount();
    }

    @Test
    void segmentBeyondTheLastEntryThatThereCanBe_trapsWhenTheModuleIsInstantiated() {
        String tables =
                "(table 40 funcref) (elem (i32.const 0) func %s)".formatted(names(40))
                        + " (elem (i32.const 2147483647) func $f7 $f8)";

        assertThatThrownBy(() -> calling(tables, ""))
                .isInstanceOf(ChicoryException.class)
                .hasMessageContaining("out of bounds table access");
    }

    /** Up to 4,000 functions or 60,000 bytes one method has all, else each has a class. */
    @ParameterizedTest
    @CsvSource({"4000, 0, true", "4001, 0, false", "3652, 4, true", "3653, 4, false"})
    void callsOfManyFunctionsNeedFewClasses(int functions, int parameters, boolean few)
            throws Exception {
        long classes = classesFor(functions, parameters);

        assertThat(classes < functions / 4).isEqualTo(few);
    }

    /** Classes that are loaded for calls of functions with so many parameters by their entry. */
    private static long classesFor(int functions, int parameters) throws Exception {
        String type = "(param %s) (result i32)".formatted(" i32".repeat(parameters));
        String all =
                IntStream.range(0, functions)
                        .mapToObj(i -> "(func $f%d (type $t) (i32.const %d))".formatted(i, i))
                        .collect(Collectors.joining());
        Instance instance =
                Wat.compiled(
                        """
                        (module (type $t (func %s)) (table funcref (elem %s)) %s
                          (func (export "f") (param i32) (result i32)
                            (call_indirect (type $t) %s (local.get 0))))
                        """
                                .formatted(
                                        type,
                                        names(functions),
                                        all,
                                        "(i32.const 0)".repeat(parameters)));
        long before = loadedClasses();
        for (int i = 0; i < functions; i++) {
            assertThat(instance.export("f").apply(i)).containsExactly(i);
        }
        return loadedClasses() - before;
    }

    /** 4,096 functions get a class each. */
    @Test
    void callsOfVeryManyFunctions_shareClasses() throws Exception {
        int functions = 8_000;
        String all = functions(functions);
        String names = names(functions);
        Instance instance =
                Wat.compiled(
                        """
                        (module (type $t (func (result i32)))
                          (table funcref (elem %s)) %s
                          (func (export "f") (param i32) (result i32)
                            (call_indirect (type $t) (local.get 0))))
                        """
                                .formatted(names, all));
        long before = loadedClasses();

        for (int i = 0; i < functions; i++) {
            assertThat(instance.export("f").apply(i)).containsExactly(i);
        }
        for (int i : new int[] {0, 4_095, 4_096, functions - 1}) {
            assertThat(instance.export("f").apply(i)).containsExactly(i);
        }
        long classes = loadedClasses() - before;
        // One each, one for 64 of the others, and those of the functions themselves.
        assertThat(classes).isBetween(4_096L, 4_500L);
    }

    /** The JVM passes 255 words and returns one; a module may have a thousand values of each. */
    @ParameterizedTest
    @CsvSource({"1000, 1", "1, 1000", "300, 300", "124, 126", "125, 125", "126, 124"})
    void manyParametersAndResults(int parameters, int results) throws Exception {
        String arguments =
                IntStream.range(0, parameters)
                        .mapToObj(i -> "(i64.const " + i + ")")
                        .collect(Collectors.joining());
        String values =
                IntStream.range(1, results)
                        .mapToObj(i -> "(i64.const " + i + ")")
                        .collect(Collectors.joining());
        Instance instance =
                Wat.compiled(
                        """
                        (module (type $t (func (param %s) (result %s)))
                          (table funcref (elem $f))
                          (func $f (type $t) (local $l i64)
                            (if (local.get $l) (then unreachable)) %s (local.get %d))
                          (func (export "direct") (result i64) (local $r i64)
                            (local.set $r (call $f %s)) %s (local.get $r))
                          (func (export "indirect") (result i64) (local $r i64)
                            (local.set $r (call_indirect (type $t) %s (i32.const 0))) %s
                            (local.get $r)))
                        """
                                .replace("(if (local.get $l)", "(if (i32.wrap_i64 (local.get $l))")
                                .formatted(
                                        " i64".repeat(parameters),
                                        " i64".repeat(results),
                                        values,
                                        parameters - 1,
                                        arguments,
                                        "(drop)".repeat(results - 1),
                                        arguments,
                                        "(drop)".repeat(results - 1)));

        assertThat(instance.export("direct").apply()).containsExactly(parameters - 1);
        assertThat(instance.export("indirect").apply()).containsExactly(parameters - 1);
    }
}
