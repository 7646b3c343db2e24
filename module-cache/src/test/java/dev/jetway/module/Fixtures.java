package dev.jetway.module;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.OpCode;
import dev.jetway.module.memory.LinearMemory;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** Modules made in memory, with an exported function {@code f} that returns a number. */
public final class Fixtures {
    private static final byte[] START =
            HexFormat.of().parseHex("0061736d01000000" + "010501" + "6000017f");

    private Fixtures() {}

    /** {@code (module (func (export "f") (result i32) (i32.const N)))}, N below 64. */
    static byte[] returning(int number) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(START);
        out.writeBytes(HexFormat.of().parseHex("03020100" + "070501" + "01660000" + "0a060104"));
        out.writeBytes(new byte[] {0, (byte) OpCode.I32_CONST.opcode(), (byte) number, 0x0b});
        return out.toByteArray();
    }

    /**
     * A function {@code f} too large for a method of the JVM, which calls {@code small}, which
     * calls {@code f}'s neighbour: the result is 7.
     *
     * @param call the instruction by which the large function reaches the small one
     */
    public static byte[] tooLarge(String call) {
        var text = new StringBuilder("(module\n  (func $small (result i32) i32.const 7)\n");
        text.append("  (func $large (export \"f\") (result i32) (local i32)\n");
        text.append("    local.get 0 i32.const 1 i32.add local.set 0\n".repeat(20_000));
        return text.append("    ")
                .append(call)
                .append("))")
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    /** A memory whose next calls of functions in pieces get frames that others have used. */
    static LinearMemory memory(MemoryLimits limits) {
        var memory = new LinearMemory(limits);
        for (int i = 0; i < 20; i++) {
            long[] used = new long[128];
            Arrays.fill(used, 0x5555_5555_5555_5555L);
            LinearMemory.keepFrame(used, memory);
        }
        return memory;
    }

    static long call(ModuleLoad load) {
        return call(load.module());
    }

    static long call(CompiledModule module) {
        return Instance.builder(module.wasm())
                .withMachineFactory(module.machineFactory())
                .build()
                .export("f")
                .apply()[0];
    }
}
