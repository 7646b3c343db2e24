package dev.jetway.module;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.types.OpCode;
import dev.jetway.module.binary.NumericModule;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Each instruction on numbers with results, NaNs and traps from a table. */
final class InstructionsTest {
    private static final Pattern SOURCE = Pattern.compile("_(i32|i64|f32|f64)(_|$)");
    private static final Pattern COMPARISON = Pattern.compile("(eq|ne|lt|gt|le|ge)(_[su])?");
    private static final Pattern UNARY =
            Pattern.compile(
                    "clz|ctz|popcnt|abs|neg|ceil|floor|trunc|nearest|sqrt|extend(8|16|32)_s");

    /** A line of the table. */
    private record Row(String name, List<Long> operands, String result) {
        static Row of(String line) {
            String[] sides = line.split(" = ", -1);
            String[] words = sides[0].split(" ", -1);
            List<Long> operands =
                    Arrays.stream(words)
                            .skip(1)
                            .map(w -> Long.parseUnsignedLong(w.substring(2), 16))
                            .toList();
            return new Row(words[0], operands, sides[1]);
        }

        @Override
        public String toString() {
            return name + operands.stream().map(Long::toHexString).toList();
        }
    }

    private static List<Row> rows() throws Exception {
        try (InputStream in = InstructionsTest.class.getResourceAsStream("instructions.txt")) {
            byte[] bytes = Objects.requireNonNull(in).readAllBytes();
            return new String(bytes, StandardCharsets.UTF_8)
                    .lines()
                    .filter(l -> !l.startsWith("#"))
                    .map(Row::of)
                    .toList();
        }
    }

    @Test
    void compiled() throws Exception {
        var wrong = new ArrayList<String>();
        Map<String, Instance> instances = new HashMap<>();
        for (Row row : rows()) {
            if (!instances.containsKey(row.name())) {
                CompiledModule module =
                        CompiledModule.link("0", ModuleCompiler.compile(module(row.name())));
                instances.put(
                        row.name(),
                        Instance.builder(module.wasm())
                                .withMachineFactory(module.machineFactory())
                                .build());
            }
            tryRow(row, Objects.requireNonNull(instances.get(row.name())), wrong);
        }
        assertThat(wrong).isEmpty();
        assertThat(instances).hasSize(134 + 2);
    }

    /** The interpreter's own operations keep signalling NaNs; EngineCorrectionsTest has these. */
    @Test
    void interpretedByTheEngine() throws Exception {
        var wrong = new ArrayList<String>();
        Map<String, Instance> instances = new HashMap<>();
        for (Row row : rows()) {
            Instance instance =
                    instances.computeIfAbsent(
                            row.name(),
                            name -> Instance.builder(Parser.parse(module(name))).build());
            if (!row.result().equals("nan")) {
                tryRow(row, instance, wrong);
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static void tryRow(Row row, Instance instance, List<String> wrong) {
        String found;
        String type = result(row.name());
        try {
            long[] operands = row.operands().stream().mapToLong(Long::longValue).toArray();
            found = text(type, instance.export("f").apply(operands)[0], row.result());
        } catch (ChicoryException e) {
            found = "trap";
        }
        if (!found.equals(row.result())) {
            wrong.add(row + " = " + found + ", right: " + row.result());
        }
    }

    private static String text(String type, long bits, String expected) {
        if (expected.equals("nan")) {
            boolean quiet =
                    type.equals("f32")
                            ? ((int) bits & 0x7fc0_0000) == 0x7fc0_0000
                            : (bits & 0x7ff8_0000_0000_0000L) == 0x7ff8_0000_0000_0000L;
            return quiet ? "nan" : Long.toHexString(bits);
        }
        boolean narrow = type.endsWith("32");
        return "0x" + (narrow ? Integer.toHexString((int) bits) : Long.toHexString(bits));
    }

    private static byte[] module(String name) {
        OpCode opcode =
                OpCode.valueOf(
                        name.replace('.', '_')
                                .replaceAll("extend(8|16|32)_s", "extend_$1_s")
                                .toUpperCase(Locale.ROOT));
        return NumericModule.of(opcode.opcode(), operands(name), result(name));
    }

    private static List<String> operands(String name) {
        String type = name.substring(0, 3);
        String operation = name.substring(4);
        Matcher source = SOURCE.matcher(operation);
        if (source.find()) {
            return List.of(source.group(1));
        }
        boolean one = operation.equals("eqz") || UNARY.matcher(operation).matches();
        return one ? List.of(type) : List.of(type, type);
    }

    private static String result(String name) {
        String operation = name.substring(4);
        boolean truth = operation.equals("eqz") || COMPARISON.matcher(operation).matches();
        return truth ? "i32" : name.substring(0, 3);
    }
}
