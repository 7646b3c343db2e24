package dev.jetway.module.binary;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A valid module of random functions: every instruction on numbers, memory, tables and segments,
 * blocks of many types, branches, calls and tail calls of all kinds, exceptions. An exported
 * function "f0" takes a number of each type. Everything ends: loops and calls burn the fuel in a
 * global. A NaN is made canonical, because its bits may vary. A seed always gives the same module.
 */
public final class RandomBinary {
    /** Loops and calls until everything traps. */
    public static final int FUEL = 400;

    static final List<ValueType> NUMBERS =
            List.of(
                    ValueType.INT,
                    new ValueType(ValueType.I64, 0),
                    new ValueType(ValueType.F32, 0),
                    new ValueType(ValueType.F64, 0));

    private static final int FUNCTIONS = 6;
    private static final int BURN = FUNCTIONS;
    private static final int CANON_F32 = FUNCTIONS + 1;
    private static final int CANON_F64 = FUNCTIONS + 2;
    private static final int TABLE_SIZE = 8;

    private final RandomGenerator random;
    private final boolean narrowsProducts;
    private final List<Signature> types = new ArrayList<>();
    private final List<Integer> functions = new ArrayList<>();
    private final int tag;
    private final int handlerType;

    /** A module from the generator's next numbers. */
    public RandomBinary(RandomGenerator random) {
        this(random, false);
    }

    /**
     * A module from the generator's next numbers.
     *
     * @param narrowsProducts whether each product of 32 bits is followed by an operation that
     *     leaves it as it is: the engine's interpreter keeps more bits of it, and takes one for
     *     true whose lower 32 are zero
     */
    public RandomBinary(RandomGenerator random, boolean narrowsProducts) {
        this.random = random;
        this.narrowsProducts = narrowsProducts;
        // Block types have all indices that an engine could misread.
        for (int i = 0; i < 140; i++) {
            types.add(new Signature(some(3), some(3)));
        }
        functions.add(add(new Signature(NUMBERS, List.of(number()))));
        for (int i = 1; i < FUNCTIONS; i++) {
            // Some have the same type, so that they can call each other in their tail.
            functions.add(
                    random.nextInt(3) == 0
                            ? functions.get(random.nextInt(i))
                            : add(new Signature(some(4), some(3))));
        }
        functions.add(add(new Signature(List.of(), List.of())));
        functions.add(add(new Signature(NUMBERS.subList(2, 3), NUMBERS.subList(2, 3))));
        functions.add(add(new Signature(NUMBERS.subList(3, 4), NUMBERS.subList(3, 4))));
        tag = add(new Signature(some(2), List.of()));
        handlerType = add(new Signature(List.of(), types.get(tag).parameters()));
    }

    private int add(Signature type) {
        types.add(type);
        return types.size() - 1;
    }

    private ValueType number() {
        return NUMBERS.get(random.nextInt(NUMBERS.size()));
    }

    private List<ValueType> some(int most) {
        var some = new ArrayList<ValueType>();
        for (int left = random.nextInt(most + 1); left > 0; left--) {
            some.add(number());
        }
        return some;
    }

    boolean narrowsProducts() {
        return narrowsProducts;
    }

    /** The module. */
    public byte[] bytes() {
        var out = new BinaryWriter().raw(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0});
        var section = new BinaryWriter().u32(types.size());
        types.forEach(t -> t.write(section));
        out.octet(1).sized(section.bytes());
        var indices = new BinaryWriter().u32(functions.size());
        functions.forEach(indices::u32);
        out.octet(3).sized(indices.bytes());
        var tables = new BinaryWriter().u32(2);
        for (int i = 0; i < 2; i++) {
            tables.octet(0x70).octet(0).u32(TABLE_SIZE);
        }
        out.octet(4).sized(tables.bytes());
        out.octet(5).sized(new BinaryWriter().u32(1).octet(1).u32(1).u32(3).bytes());
        out.octet(13).sized(new BinaryWriter().u32(1).octet(0).u32(tag).bytes());
        out.octet(6).sized(globals());
        out.octet(7).sized(exports());
        out.octet(9).sized(elements());
        out.octet(12).sized(new BinaryWriter().u32(2).bytes());
        var code = new BinaryWriter().u32(functions.size());
        for (int i = 0; i < FUNCTIONS; i++) {
            code.sized(new RandomBody(random, this, i).bytes());
        }
        code.sized(burn()).sized(canonical(0x5b, 0x43)).sized(canonical(0x61, 0x44));
        out.octet(10).sized(code.bytes());
        return out.octet(11).sized(data()).bytes();
    }

    private static byte[] globals() {
        var out = new BinaryWriter().u32(NUMBERS.size() + 1);
        for (ValueType type : NUMBERS) {
            type.write(out);
            out.octet(1);
            type.writeDefault(out);
            out.octet(Opcode.END);
        }
        ValueType.INT.write(out);
        out.octet(1).octet(Opcode.I32_CONST).signed(FUEL).octet(Opcode.END);
        return out.bytes();
    }

    private static byte[] exports() {
        var out = new BinaryWriter().u32(3 + NUMBERS.size());
        out.name("f0").octet(0).u32(0).name("memory").octet(2).u32(0).name("table").octet(1).u32(0);
        for (int i = 0; i < NUMBERS.size(); i++) {
            out.name("g" + i).octet(3).u32(i);
        }
        return out.bytes();
    }

    private byte[] elements() {
        var out = new BinaryWriter().u32(3);
        out.octet(0).octet(Opcode.I32_CONST).signed(1).octet(Opcode.END);
        references(out);
        references(out.octet(1).octet(0));
        out.octet(3).octet(0).u32(FUNCTIONS);
        for (int i = 0; i < FUNCTIONS; i++) {
            out.u32(i);
        }
        return out.bytes();
    }

    private void references(BinaryWriter out) {
        out.u32(FUNCTIONS);
        for (int i = 0; i < FUNCTIONS; i++) {
            out.u32(random.nextInt(FUNCTIONS));
        }
    }

    private static byte[] data() {
        var out = new BinaryWriter().u32(2);
        out.octet(0).octet(Opcode.I32_CONST).signed(16).octet(Opcode.END).name("at the start");
        return out.octet(1).name("later").bytes();
    }

    /** Traps when the fuel is used up. */
    private static byte[] burn() {
        int fuel = NUMBERS.size();
        var out = new BinaryWriter().u32(0);
        out.octet(Opcode.GLOBAL_GET).u32(fuel).octet(Opcode.I32_CONST).signed(1).octet(0x6b);
        out.octet(Opcode.GLOBAL_SET).u32(fuel);
        out.octet(Opcode.GLOBAL_GET).u32(fuel).octet(Opcode.I32_CONST).signed(0).octet(0x48);
        out.octet(Opcode.IF).octet(0x40).octet(Opcode.UNREACHABLE).octet(Opcode.END);
        return out.octet(Opcode.END).bytes();
    }

    /** The parameter, or the canonical NaN. */
    private static byte[] canonical(int equal, int constant) {
        var out = new BinaryWriter().u32(0);
        out.octet(Opcode.LOCAL_GET).u32(0).octet(constant);
        if (constant == 0x43) {
            out.raw(new byte[] {0, 0, (byte) 0xc0, 0x7f});
        } else {
            out.raw(new byte[] {0, 0, 0, 0, 0, 0, (byte) 0xf8, 0x7f});
        }
        out.octet(Opcode.LOCAL_GET).u32(0).octet(Opcode.LOCAL_GET).u32(0).octet(equal);
        return out.octet(0x1b).octet(Opcode.END).bytes();
    }

    List<Signature> types() {
        return types;
    }

    /** The type of a block with the values of an exception as results. */
    int handlerType() {
        return handlerType;
    }

    Signature tag() {
        return types.get(tag);
    }

    int typeOf(int function) {
        return functions.get(function);
    }

    Signature function(int function) {
        return types.get(functions.get(function));
    }

    static int functions() {
        return FUNCTIONS;
    }

    static void burn(BinaryWriter out) {
        out.octet(Opcode.CALL).u32(BURN);
    }

    /** Makes the bits of the number on the stack the same everywhere. */
    static void canonical(ValueType type, BinaryWriter out) {
        if (type.code() == ValueType.F32) {
            out.octet(Opcode.CALL).u32(CANON_F32);
        } else if (type.code() == ValueType.F64) {
            out.octet(Opcode.CALL).u32(CANON_F64);
        }
    }
}
