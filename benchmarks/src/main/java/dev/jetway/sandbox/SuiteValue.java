package dev.jetway.sandbox;

import com.dylibso.chicory.wasm.types.Value;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;

/**
 * A value that the suite passes to a function or expects of it.
 *
 * @param type as wast2json names it: {@code i32}, {@code f64}, {@code funcref} …
 * @param text the bits in decimal digits, {@code null}, {@code nan:canonical}, {@code
 *     nan:arithmetic}, or empty if any value of the type will do
 */
@NullMarked
record SuiteValue(String type, String text) {
    private static final int F32_QUIET = 0x7fc0_0000;
    private static final long F64_QUIET = 0x7ff8_0000_0000_0000L;

    static List<SuiteValue> all(Object values) {
        return ((List<?>) values).stream().map(v -> of((Map<?, ?>) v)).toList();
    }

    private static SuiteValue of(Map<?, ?> value) {
        Object text = value.get("value");
        return new SuiteValue(String.valueOf(value.get("type")), text instanceof String s ? s : "");
    }

    /** The bits, as the engine takes them. */
    long bits() {
        if (text.equals("null")) {
            return Value.REF_NULL_VALUE;
        }
        return switch (type) {
            case "i32" -> Integer.parseUnsignedInt(text);
            case "f32" -> Integer.toUnsignedLong(Integer.parseUnsignedInt(text));
            default -> Long.parseUnsignedLong(text);
        };
    }

    boolean matches(long actual) {
        boolean single = type.equals("f32");
        return switch (text) {
            case "" -> actual != Value.REF_NULL_VALUE;
            case "nan:canonical" ->
                    single
                            ? ((int) actual & 0x7fff_ffff) == F32_QUIET
                            : (actual & Long.MAX_VALUE) == F64_QUIET;
            case "nan:arithmetic" ->
                    single
                            ? ((int) actual & F32_QUIET) == F32_QUIET
                            : (actual & F64_QUIET) == F64_QUIET;
            default -> {
                boolean narrow = single || type.equals("i32");
                yield narrow ? (int) actual == (int) bits() : actual == bits();
            }
        };
    }
}
