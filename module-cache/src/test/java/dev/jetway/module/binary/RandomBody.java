package dev.jetway.module.binary;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** The body of one function of a {@link RandomBinary}. */
final class RandomBody {
    private static final int DEPTH = 4;
    private static final int LOOP_LOCALS = 4;
    private static final int I32_NE = 0x47;
    private static final int I32_LT_S = 0x48;
    private static final int I32_GT_S = 0x4a;
    private static final int I32_MUL = 0x6c;
    private static final int I32_OR = 0x72;
    private static final int I32_XOR = 0x73;
    private static final int REF_NULL_FUNC = 0xd0;
    private static final int FUNC = 0x70;

    /** Opcodes of operators, with the number types of their operands and results. */
    private static final int[][] OPERATORS = operators();

    private final RandomGenerator random;
    private final RandomBinary module;
    private final Signature type;
    private final List<ValueType> locals = new ArrayList<>();

    /** The values of a branch to each open block, the innermost last. */
    private final List<List<ValueType>> labels = new ArrayList<>();

    private final BinaryWriter out = new BinaryWriter();

    RandomBody(RandomGenerator random, RandomBinary module, int function) {
        this.random = random;
        this.module = module;
        this.type = module.function(function);
        locals.addAll(type.parameters());
    }

    private static int[][] operators() {
        var all = new ArrayList<int[]>();
        add(all, 0x46, 0x4f, 0, 0, 0);
        add(all, 0x51, 0x5a, 0, 1, 1);
        add(all, 0x5b, 0x60, 0, 2, 2);
        add(all, 0x61, 0x66, 0, 3, 3);
        add(all, 0x45, 0x45, 0, 0, -1);
        add(all, 0x50, 0x50, 0, 1, -1);
        add(all, 0x67, 0x69, 0, 0, -1);
        add(all, 0x6a, 0x78, 0, 0, 0);
        add(all, 0x79, 0x7b, 1, 1, -1);
        add(all, 0x7c, 0x8a, 1, 1, 1);
        add(all, 0x8b, 0x91, 2, 2, -1);
        add(all, 0x92, 0x98, 2, 2, 2);
        add(all, 0x99, 0x9f, 3, 3, -1);
        add(all, 0xa0, 0xa6, 3, 3, 3);
        int[] conversions = {
            0x01, 0x02, 0x02, 0x03, 0x03, 0x10, 0x10, 0x12, 0x12, 0x13, 0x13, 0x20, 0x20, 0x21,
                    0x21,
            0x23, 0x30, 0x30, 0x31, 0x31, 0x32, 0x02, 0x13, 0x20, 0x31, 0x00, 0x00, 0x11, 0x11, 0x11
        };
        for (int i = 0; i < conversions.length; i++) {
            add(all, 0xa7 + i, 0xa7 + i, conversions[i] >> 4, conversions[i] & 15, -1);
        }
        int[] saturating = {0x02, 0x02, 0x03, 0x03, 0x12, 0x12, 0x13, 0x13};
        for (int i = 0; i < saturating.length; i++) {
            add(all, 0xfc00 + i, 0xfc00 + i, saturating[i] >> 4, saturating[i] & 15, -1);
        }
        return all.toArray(int[][]::new);
    }

    private static void add(List<int[]> all, int first, int last, int to, int one, int other) {
        for (int opcode = first; opcode <= last; opcode++) {
            all.add(new int[] {opcode, to, one, other});
        }
    }

    byte[] bytes() {
        int count = random.nextInt(4);
        var declared = new BinaryWriter().u32(count + 1);
        for (int i = 0; i < count; i++) {
            ValueType local = RandomBinary.NUMBERS.get(random.nextInt(4));
            locals.add(local);
            local.write(declared.u32(1));
        }
        // Nothing else uses those of loops of one block.
        ValueType.INT.write(declared.u32(LOOP_LOCALS));
        labels.add(type.results());
        RandomBinary.burn(out);
        statements(DEPTH);
        values(type.results(), DEPTH);
        return declared.raw(out.octet(Opcode.END).bytes()).bytes();
    }

    private void statements(int depth) {
        for (int left = 1 + random.nextInt(4); left > 0; left--) {
            statement(depth);
        }
    }

    private void statement(int depth) {
        switch (random.nextInt(depth > 0 ? 20 : 6)) {
            case 0 -> setLocal(depth);
            case 1 -> setGlobal(depth);
            case 2 -> store(depth);
            case 3 -> memory(depth);
            case 4 -> table();
            case 5 -> segments();
            case 6, 7, 8 -> block(depth);
            case 9, 10 -> conditional(depth);
            case 11 -> branchIf(depth);
            case 12 -> branchAway(depth);
            case 13, 14 -> call(depth);
            case 15 -> tryTable(depth);
            case 16 -> leave(depth);
            case 17 -> longLoop();
            case 18 -> countedLoop();
            default -> dropValue(depth);
        }
    }

    private void setLocal(int depth) {
        if (!locals.isEmpty()) {
            int index = random.nextInt(locals.size());
            value(locals.get(index), depth);
            if (random.nextBoolean()) {
                out.octet(Opcode.LOCAL_SET).u32(index);
            } else {
                out.octet(Opcode.LOCAL_TEE).u32(index).octet(Opcode.DROP);
            }
        }
    }

    private void setGlobal(int depth) {
        int index = random.nextInt(4);
        value(RandomBinary.NUMBERS.get(index), depth);
        out.octet(Opcode.GLOBAL_SET).u32(index);
    }

    /** An address, mostly within the first page. */
    private void address() {
        out.octet(Opcode.I32_CONST);
        out.signed(random.nextInt(8) == 0 ? random.nextInt(70_000) : random.nextInt(64));
    }

    private void argument() {
        out.u32(0).u32(random.nextInt(16) == 0 ? random.nextInt(70_000) : random.nextInt(8));
    }

    private void store(int depth) {
        int[][] stores = {{0x36, 0x3a, 0x3b}, {0x37, 0x3c, 0x3d, 0x3e}, {0x38}, {0x39}};
        int number = random.nextInt(4);
        address();
        value(RandomBinary.NUMBERS.get(number), depth);
        out.octet(stores[number][random.nextInt(stores[number].length)]);
        argument();
    }

    private void memory(int depth) {
        switch (random.nextInt(4)) {
            case 0 -> {
                out.octet(Opcode.I32_CONST).signed(random.nextInt(3));
                out.octet(0x40).u32(0).octet(Opcode.DROP);
            }
            case 1 -> {
                address();
                value(ValueType.INT, depth - 2);
                address();
                out.octet(0xfc).u32(11).u32(0);
            }
            case 2 -> {
                address();
                address();
                address();
                out.octet(0xfc).u32(10).u32(0).u32(0);
            }
            default -> {
                address();
                small();
                small();
                out.octet(0xfc).u32(8).u32(random.nextInt(2)).u32(0);
            }
        }
    }

    private void small() {
        out.octet(Opcode.I32_CONST).signed(random.nextInt(random.nextInt(6) == 0 ? 20 : 4));
    }

    private void table() {
        int table = random.nextInt(2);
        small();
        switch (random.nextInt(4)) {
            case 0 -> {
                reference();
                out.octet(0x26).u32(table);
            }
            case 1 -> {
                small();
                small();
                out.octet(0xfc).u32(14).u32(table).u32(random.nextInt(2));
            }
            case 2 -> {
                small();
                small();
                out.octet(0xfc).u32(12).u32(random.nextInt(3)).u32(table);
            }
            default -> {
                reference();
                small();
                out.octet(0xfc).u32(17).u32(table);
            }
        }
    }

    private void reference() {
        if (random.nextInt(4) == 0) {
            out.octet(REF_NULL_FUNC).octet(FUNC);
        } else {
            out.octet(Opcode.REF_FUNC).u32(random.nextInt(RandomBinary.functions()));
        }
    }

    private void segments() {
        if (random.nextInt(8) == 0) {
            boolean data = random.nextBoolean();
            out.octet(0xfc).u32(data ? 9 : 13).u32(random.nextInt(data ? 2 : 3));
        }
    }

    /** A block or a loop of one of the module's types. */
    private void block(int depth) {
        int index = random.nextInt(140);
        Signature block = module.types().get(index);
        boolean loop = random.nextInt(3) == 0;
        values(block.parameters(), depth - 1);
        out.octet(loop ? Opcode.LOOP : Opcode.BLOCK).signed(index);
        inside(block, loop ? block.parameters() : block.results(), loop, depth);
        out.octet(Opcode.END);
        drop(block.results());
    }

    private void inside(Signature block, List<ValueType> label, boolean burns, int depth) {
        labels.add(label);
        drop(block.parameters());
        if (burns) {
            RandomBinary.burn(out);
        }
        statements(depth - 1);
        values(block.results(), depth - 1);
        labels.removeLast();
    }

    private void drop(List<ValueType> values) {
        values.forEach(v -> out.octet(Opcode.DROP));
    }

    private void conditional(int depth) {
        int index = random.nextInt(140);
        Signature block = module.types().get(index);
        values(block.parameters(), depth - 1);
        value(ValueType.INT, depth - 1);
        out.octet(Opcode.IF).signed(index);
        inside(block, block.results(), false, depth);
        if (!block.parameters().equals(block.results()) || random.nextBoolean()) {
            out.octet(Opcode.ELSE);
            inside(block, block.results(), false, depth);
        }
        out.octet(Opcode.END);
        drop(block.results());
    }

    private int label() {
        return random.nextInt(labels.size());
    }

    private List<ValueType> taken(int label) {
        return labels.get(labels.size() - 1 - label);
    }

    /** A branch with values below that it has to drop. */
    private void branchIf(int depth) {
        int label = label();
        List<ValueType> below = List.of(RandomBinary.NUMBERS.get(random.nextInt(4)));
        values(below, depth - 1);
        values(taken(label), depth - 1);
        value(ValueType.INT, depth - 1);
        out.octet(Opcode.BR_IF).u32(label);
        drop(taken(label));
        drop(below);
    }

    private void branchAway(int depth) {
        value(ValueType.INT, depth - 1);
        out.octet(Opcode.IF).octet(BlockType.EMPTY);
        labels.add(List.of());
        int label = label();
        value(ValueType.INT, depth - 1);
        values(taken(label), depth - 1);
        if (random.nextBoolean()) {
            value(ValueType.INT, depth - 1);
            var table = new ArrayList<Integer>();
            for (int i = 0; i < labels.size(); i++) {
                if (taken(i).equals(taken(label)) && random.nextBoolean()) {
                    table.add(i);
                }
            }
            out.octet(Opcode.BR_TABLE).u32(table.size());
            table.forEach(out::u32);
            out.u32(label);
        } else {
            out.octet(Opcode.BR).u32(label);
        }
        labels.removeLast();
        out.octet(Opcode.END);
    }

    private void call(int depth) {
        int function = random.nextInt(RandomBinary.functions());
        Signature called = module.function(function);
        values(called.parameters(), depth - 1);
        if (random.nextBoolean()) {
            out.octet(Opcode.CALL).u32(function);
        } else {
            small();
            out.octet(Opcode.CALL_INDIRECT).u32(module.typeOf(function)).u32(random.nextInt(2));
        }
        drop(called.results());
    }

    /** A return, a tail call or an exception, now and then. */
    private void leave(int depth) {
        value(ValueType.INT, depth - 1);
        out.octet(Opcode.IF).octet(BlockType.EMPTY);
        labels.add(List.of());
        int function = random.nextInt(RandomBinary.functions());
        Signature called = module.function(function);
        if (random.nextInt(3) == 0) {
            values(module.tag().parameters(), depth - 1);
            out.octet(0x08).u32(0);
        } else if (!called.results().equals(type.results())) {
            values(type.results(), depth - 1);
            out.octet(Opcode.RETURN);
        } else if (random.nextBoolean()) {
            values(called.parameters(), depth - 1);
            out.octet(Opcode.RETURN_CALL).u32(function);
        } else {
            values(called.parameters(), depth - 1);
            small();
            out.octet(Opcode.RETURN_CALL_INDIRECT);
            out.u32(module.typeOf(function)).u32(random.nextInt(2));
        }
        labels.removeLast();
        out.octet(Opcode.END);
    }

    private void tryTable(int depth) {
        int index = random.nextInt(140);
        Signature block = module.types().get(index);
        boolean all = random.nextBoolean();
        var caught = all ? new Signature(List.of(), List.of()) : module.tag();
        values(block.parameters(), depth - 1);
        drop(block.parameters());
        // The handler drops nothing else.
        value(ValueType.INT, depth - 1);
        out.octet(Opcode.BLOCK);
        if (caught.parameters().isEmpty()) {
            out.octet(BlockType.EMPTY);
        } else {
            out.signed(module.handlerType());
        }
        labels.add(caught.parameters());
        values(block.parameters(), depth - 1);
        out.octet(Opcode.TRY_TABLE).signed(index).u32(1).octet(all ? 2 : 0);
        if (!all) {
            out.u32(0);
        }
        out.u32(0);
        inside(block, block.results(), false, depth);
        out.octet(Opcode.END);
        drop(block.results());
        values(caught.parameters(), depth - 1);
        labels.removeLast();
        out.octet(Opcode.END);
        drop(caught.parameters());
        out.octet(Opcode.DROP);
    }

    /** A loop that fills or copies, or almost does. */
    private void longLoop() {
        int to = locals.size();
        int from = to + 1;
        int left = to + 2;
        int value = to + 3;
        int bytes = 1 << random.nextInt(3);
        int width = Integer.numberOfTrailingZeros(bytes);
        int step = random.nextInt(8) == 0 ? random.nextInt(10) : bytes;
        boolean copies = random.nextBoolean();
        address();
        out.octet(Opcode.LOCAL_SET).u32(to);
        address();
        out.octet(Opcode.LOCAL_SET).u32(from);
        out.octet(Opcode.I32_CONST).signed(1 + random.nextInt(700));
        out.octet(Opcode.LOCAL_SET).u32(left);
        out.octet(Opcode.I32_CONST);
        out.signed(random.nextInt(4) == 0 ? random.nextInt() : random.nextInt(256) * 0x01010101);
        out.octet(Opcode.LOCAL_SET).u32(value);
        out.octet(Opcode.LOOP).octet(BlockType.EMPTY).octet(Opcode.LOCAL_GET).u32(to);
        if (copies) {
            out.octet(Opcode.LOCAL_GET).u32(from);
            out.octet(new int[] {0x2d, 0x2f, 0x28}[width]);
            argument();
        } else {
            out.octet(Opcode.LOCAL_GET).u32(value);
        }
        out.octet(new int[] {0x3a, 0x3b, 0x36}[width]);
        argument();
        add(to, step);
        out.octet(Opcode.LOCAL_SET).u32(to);
        add(from, random.nextInt(8) == 0 ? random.nextInt(10) : step);
        out.octet(Opcode.LOCAL_SET).u32(from);
        add(left, -1);
        out.octet(Opcode.LOCAL_TEE).u32(left).octet(Opcode.BR_IF).u32(0).octet(Opcode.END);
    }

    /** A loop with stores at addresses that change, whose counter is compared with its end. */
    private void countedLoop() {
        int address = locals.size();
        int end = address + 1;
        int counter = address + 2;
        int value = address + 3;
        int turns = 1 + random.nextInt(random.nextInt(8) == 0 ? 2_000 : 40);
        int step = (1 + random.nextInt(9)) * (random.nextBoolean() ? 1 : -1);
        int first = random.nextInt() >> random.nextInt(Integer.SIZE);
        // The interpreter's store of 8 bits does not see that address and offset overflow.
        boolean falls = random.nextBoolean();
        set(address, random.nextInt(66_000) - (falls && random.nextInt(8) == 0 ? 66_000 : 0));
        set(counter, first);
        set(end, first + step * turns);
        out.octet(Opcode.LOOP).octet(BlockType.EMPTY);
        for (int i = 0; i < 2; i++) {
            add(value, random.nextInt());
            address();
            out.octet(0x28).u32(0).u32(0).octet(I32_XOR).octet(Opcode.LOCAL_SET).u32(value);
        }
        for (int stores = 1 + random.nextInt(3); stores > 0; stores--) {
            add(address, random.nextInt(3) == 0 ? random.nextInt(700) - (falls ? 200 : 0) : 0);
            out.octet(Opcode.LOCAL_GET).u32(value);
            out.octet(new int[] {0x3a, 0x3b, 0x36}[random.nextInt(3)]);
            out.u32(0);
            out.u32(falls ? 0 : random.nextInt(random.nextInt(8) == 0 ? 70_000 : 600));
            if (random.nextBoolean()) {
                add(address, random.nextInt(20) * (falls ? -1 : 1));
                out.octet(Opcode.LOCAL_SET).u32(address);
            }
        }
        add(counter, step);
        out.octet(Opcode.LOCAL_SET).u32(counter);
        boolean swapped = random.nextBoolean();
        out.octet(Opcode.LOCAL_GET).u32(swapped ? end : counter);
        out.octet(Opcode.LOCAL_GET).u32(swapped ? counter : end);
        out.octet(comparison(first, step, turns, swapped)).octet(Opcode.BR_IF).u32(0);
        out.octet(Opcode.END);
    }

    /** One that ends the loop after these turns: by its order only if the counter goes there. */
    private int comparison(int first, int step, int turns, boolean swapped) {
        long last = first + (long) step * turns;
        boolean rises = step > 0 != swapped;
        if (random.nextBoolean() && last == (int) last) {
            return rises ? I32_LT_S : I32_GT_S;
        }
        last = Integer.toUnsignedLong(first) + (long) step * turns;
        if (random.nextBoolean() && last >= 0 && last == Integer.toUnsignedLong((int) last)) {
            return rises ? Opcode.I32_LT_U : Opcode.I32_GT_U;
        }
        return I32_NE;
    }

    private void set(int local, int number) {
        out.octet(Opcode.I32_CONST).signed(number).octet(Opcode.LOCAL_SET).u32(local);
    }

    private void add(int local, int step) {
        out.octet(Opcode.LOCAL_GET).u32(local);
        out.octet(Opcode.I32_CONST).signed(step).octet(Opcode.I32_ADD);
    }

    private void dropValue(int depth) {
        value(RandomBinary.NUMBERS.get(random.nextInt(4)), depth);
        out.octet(Opcode.DROP);
    }

    private void values(List<ValueType> types, int depth) {
        types.forEach(t -> value(t, depth));
    }

    private void value(ValueType wanted, int depth) {
        int choice = random.nextInt(depth > 0 ? 10 : 3);
        switch (choice) {
            case 0 -> constant(wanted);
            case 1 -> local(wanted);
            case 2 -> {
                out.octet(Opcode.GLOBAL_GET).u32(RandomBinary.NUMBERS.indexOf(wanted));
            }
            case 3 -> load(wanted);
            case 4 -> {
                value(wanted, depth - 1);
                value(wanted, depth - 1);
                value(ValueType.INT, depth - 1);
                out.octet(0x1b);
            }
            default -> operator(wanted, depth);
        }
    }

    private void local(ValueType wanted) {
        int index = locals.lastIndexOf(wanted);
        if (index < 0) {
            constant(wanted);
        } else {
            out.octet(Opcode.LOCAL_GET).u32(index);
        }
    }

    private void constant(ValueType wanted) {
        long bits =
                switch (random.nextInt(4)) {
                    case 0 -> random.nextLong();
                    case 1 -> random.nextInt(16) - 8;
                    case 2 -> 1L << random.nextInt(64);
                    default -> -1L >>> random.nextInt(64);
                };
        switch (wanted.code()) {
            case ValueType.I32 -> out.octet(Opcode.I32_CONST).signed(bits << 32 >> 32);
            case ValueType.I64 -> out.octet(0x42).signed(bits);
            case ValueType.F32 -> {
                out.octet(0x43);
                little(Float.floatToIntBits((float) bits), Float.BYTES);
            }
            default -> {
                out.octet(0x44);
                little(Double.doubleToLongBits(bits * 0.37), Double.BYTES);
            }
        }
    }

    private void little(long bits, int bytes) {
        for (int i = 0; i < bytes; i++) {
            out.octet((int) (bits >>> (8 * i)) & 0xff);
        }
    }

    private void load(ValueType wanted) {
        int[][] loads = {
            {0x28, 0x2c, 0x2d, 0x2e, 0x2f},
            {0x29, 0x30, 0x31, 0x32, 0x33, 0x34, 0x35},
            {0x2a},
            {0x2b}
        };
        int number = RandomBinary.NUMBERS.indexOf(wanted);
        address();
        out.octet(loads[number][random.nextInt(loads[number].length)]);
        argument();
        RandomBinary.canonical(wanted, out);
    }

    private void operator(ValueType wanted, int depth) {
        int number = RandomBinary.NUMBERS.indexOf(wanted);
        int[] operator = OPERATORS[random.nextInt(OPERATORS.length)];
        while (operator[1] != number) {
            operator = OPERATORS[random.nextInt(OPERATORS.length)];
        }
        value(RandomBinary.NUMBERS.get(operator[2]), depth - 1);
        if (operator[3] >= 0) {
            value(RandomBinary.NUMBERS.get(operator[3]), depth - 1);
        }
        if (operator[0] > 0xff) {
            out.octet(operator[0] >> 8).u32(operator[0] & 0xff);
        } else {
            out.octet(operator[0]);
        }
        if (operator[0] == I32_MUL && module.narrowsProducts()) {
            out.octet(Opcode.I32_CONST).signed(0).octet(I32_OR);
        }
        RandomBinary.canonical(wanted, out);
    }
}
