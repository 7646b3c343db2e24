package dev.jetway.module;

import com.dylibso.chicory.wasm.types.AnnotatedInstruction;
import com.dylibso.chicory.wasm.types.FunctionBody;
import com.dylibso.chicory.wasm.types.OpCode;
import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * Adds points to interpreted functions at which they look for an interrupt. The engine's
 * interpreter looks at calls and at {@code br}, but not at {@code br_if}, at {@code br_table} or at
 * a function's tail call of itself: a loop of these would never end. So the function and each of
 * its loops begin with a {@code br} to the next instruction. Compiled functions have checks of
 * their own.
 */
final class InterruptPoints {
    /** {@code block br 0 end}: valid everywhere and without effect. */
    private static final byte[] LOOK = {0x02, 0x40, 0x0c, 0, 0x0b};

    private InterruptPoints() {}

    /**
     * The body with interrupt points.
     *
     * @param start of the body in the binary, behind its size
     * @param end of the body in the binary
     * @param parsed the same body
     */
    static byte[] in(byte[] binary, int start, int end, FunctionBody parsed) {
        List<AnnotatedInstruction> instructions = parsed.instructions();
        // Addresses are those of the parser; a body ends with the one byte of its last "end".
        int shift = end - 1 - instructions.getLast().address();
        var out = new ByteArrayOutputStream(end - start);
        int from = start;
        boolean point = true;
        for (AnnotatedInstruction instruction : instructions) {
            if (point) {
                int here = instruction.address() + shift;
                out.write(binary, from, here - from);
                out.writeBytes(LOOK);
                from = here;
            }
            point = instruction.opcode() == OpCode.LOOP;
        }
        out.write(binary, from, end - from);
        return out.toByteArray();
    }
}
