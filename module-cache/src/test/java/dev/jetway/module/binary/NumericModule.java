package dev.jetway.module.binary;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Modules with one exported function "f" each, made for tests. */
public final class NumericModule {
    private static final Map<String, ValueType> TYPES =
            Map.of(
                    "i32", ValueType.INT,
                    "i64", new ValueType(ValueType.I64, 0),
                    "f32", new ValueType(ValueType.F32, 0),
                    "f64", new ValueType(ValueType.F64, 0));

    private NumericModule() {}

    /**
     * One instruction on the function's parameters.
     *
     * @param opcode with its prefix above the lowest byte
     */
    public static byte[] of(int opcode, List<String> parameters, String result) {
        var code = new BinaryWriter();
        for (int i = 0; i < parameters.size(); i++) {
            code.octet(Opcode.LOCAL_GET).u32(i);
        }
        if (opcode > 0xff) {
            code.octet(opcode >> 8).u32(opcode & 0xff);
        } else {
            code.octet(opcode);
        }
        var type = new Signature(types(parameters), types(List.of(result)));
        return module(List.of(type), 0, code.bytes());
    }

    private static List<ValueType> types(List<String> names) {
        return names.stream().map(n -> TYPES.getOrDefault(n, ValueType.INT)).toList();
    }

    /** A module whose function leaves 42, in a block of one of these types. */
    public static byte[] block(int opcode, int type, int types) {
        var all = new ArrayList<>(Collections.nCopies(types, new Signature(List.of(), List.of())));
        var leavesOne = new Signature(List.of(), List.of(ValueType.INT));
        all.set(type, leavesOne);
        int function = types;
        all.add(leavesOne);
        var code = new BinaryWriter();
        if (opcode == Opcode.IF) {
            code.octet(Opcode.I32_CONST).signed(1);
        }
        code.octet(opcode).signed(type).octet(Opcode.I32_CONST).signed(42);
        if (opcode == Opcode.IF) {
            code.octet(Opcode.ELSE).octet(Opcode.UNREACHABLE);
        }
        return module(all, function, code.octet(Opcode.END).bytes());
    }

    private static byte[] module(List<Signature> types, int type, byte[] code) {
        var out = new BinaryWriter().raw(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0});
        var section = new BinaryWriter().u32(types.size());
        types.forEach(t -> t.write(section));
        out.octet(1).sized(section.bytes());
        out.octet(3).sized(new BinaryWriter().u32(1).u32(type).bytes());
        out.octet(7).sized(new BinaryWriter().u32(1).name("f").octet(0).u32(0).bytes());
        byte[] body = new BinaryWriter().u32(0).raw(code).octet(Opcode.END).bytes();
        return out.octet(10).sized(new BinaryWriter().u32(1).sized(body).bytes()).bytes();
    }
}
