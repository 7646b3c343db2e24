package dev.jetway.module;

import com.dylibso.chicory.wasm.types.FunctionBody;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Removes from a binary what compiled code makes superfluous: custom sections, and function bodies,
 * which the engine would turn into objects of ten times their size. Bodies kept for the engine's
 * interpreter get {@link InterruptPoints}. The engine must have parsed the binary before, so that
 * it is known to be well-formed.
 */
final class StrippedModule {
    private static final int HEADER = 8;
    private static final int CUSTOM_SECTION = 0;
    private static final int CODE_SECTION = 10;

    private static final int CALL_REF = 0x14;

    /** No locals; {@code unreachable}, which is valid for every type; {@code end}. */
    private static final byte[] STUB = {3, 0, 0, 0x0b};

    private final byte[] binary;
    private final byte[] stub;
    private int at = HEADER;

    private StrippedModule(byte[] binary, byte[] stub) {
        this.binary = binary;
        this.stub = stub;
    }

    /**
     * The stripped binary.
     *
     * @param kept the body with that place in the code section, as parsed, if it is still needed
     */
    static byte[] of(byte[] binary, IntFunction<Optional<FunctionBody>> kept) {
        return new StrippedModule(binary, STUB).strip(kept);
    }

    /**
     * The binary without any body; the stubs call functions of these types by reference in
     * unreachable code.
     */
    static byte[] of(byte[] binary, int[] calledTypes) {
        var body = new ByteArrayOutputStream();
        body.writeBytes(new byte[] {0, 0});
        for (int type : calledTypes) {
            body.write(CALL_REF);
            writeNumber(body, type);
            body.write(0);
        }
        body.write(0x0b);
        var stub = new ByteArrayOutputStream();
        writeNumber(stub, body.size());
        stub.writeBytes(body.toByteArray());
        return new StrippedModule(binary, stub.toByteArray()).strip(i -> Optional.empty());
    }

    private byte[] strip(IntFunction<Optional<FunctionBody>> kept) {
        var out = new ByteArrayOutputStream();
        out.write(binary, 0, HEADER);
        while (at < binary.length) {
            int start = at;
            int id = binary[at++];
            int size = number();
            int end = at + size;
            if (id == CODE_SECTION) {
                byte[] code = code(kept);
                out.write(CODE_SECTION);
                writeNumber(out, code.length);
                out.writeBytes(code);
            } else if (id != CUSTOM_SECTION) {
                out.write(binary, start, end - start);
            }
            at = end;
        }
        return out.toByteArray();
    }

    private byte[] code(IntFunction<Optional<FunctionBody>> kept) {
        var out = new ByteArrayOutputStream();
        int count = number();
        writeNumber(out, count);
        for (int i = 0; i < count; i++) {
            int size = number();
            int end = at + size;
            Optional<FunctionBody> body = kept.apply(i);
            if (body.isPresent()) {
                byte[] bytes = InterruptPoints.in(binary, at, end, body.get());
                writeNumber(out, bytes.length);
                out.writeBytes(bytes);
            } else {
                out.writeBytes(stub);
            }
            at = end;
        }
        return out.toByteArray();
    }

    /** Unsigned LEB128, at most 32 bits. */
    private int number() {
        int value = 0;
        int shift = 0;
        byte part;
        do {
            part = binary[at++];
            value |= (part & 0x7f) << shift;
            shift += 7;
        } while (part < 0);
        return value;
    }

    private static void writeNumber(ByteArrayOutputStream out, int number) {
        int rest = number;
        while (rest >>> 7 != 0) {
            out.write((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }
}
