package dev.jetway.module.binary;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One turn of a loop without blocks and calls, followed once: what it stores and loads, and how it
 * changes locals, each as the value of a local at the beginning of the turn plus a number. Used by
 * one thread.
 */
final class LoopTurn {
    /** Maximum distance of an access from its local, and of a local from its next value. */
    static final int REACH = 1 << 16;

    /** A value on the stack or in a local. */
    sealed interface Value {}

    /** The value of a local at the beginning of the turn and, if it is an i32, a number. */
    record Sum(int local, int added) implements Value {}

    record Constant(long value) implements Value {}

    /** The result of the load of that number. */
    record Loaded(int load) implements Value {}

    /** Whether the first is greater, unsigned, than the second, or else whether they differ. */
    record Compared(boolean greater, Value first, Value second) implements Value {}

    private record Unknown() implements Value {}

    /** Bytes loaded or stored, from an address that counts as one below 2^32. */
    record Access(Sum address, int bytes) {
        int start() {
            return address.added();
        }

        int end() {
            return address.added() + bytes;
        }
    }

    /** A store, and whether it is one of 64 bits of the stack. */
    record Store(Access to, Value value, boolean isLong) {}

    private static final Value UNKNOWN = new Unknown();

    private final Deque<Value> stack = new ArrayDeque<>();
    private final Map<Integer, Value> written = new HashMap<>();
    private final Set<Integer> readFirst = new HashSet<>();
    private final List<Access> loads = new ArrayList<>();
    private final List<Store> stores = new ArrayList<>();
    private Value condition = UNKNOWN;

    private LoopTurn() {}

    /**
     * The turn of a loop.
     *
     * @param code after the loop's own instruction
     * @return empty if there is more in it than can be followed, or if it is not the loop's own end
     *     that goes back
     */
    static Optional<LoopTurn> of(CodeReader code) throws BinaryException {
        var turn = new LoopTurn();
        return turn.follow(code) ? Optional.of(turn) : Optional.empty();
    }

    private boolean follow(CodeReader code) throws BinaryException {
        while (code.next()) {
            if (code.opcode() == Opcode.BR_IF) {
                condition = pop();
                return code.immediate() == 0 && code.next() && code.opcode() == Opcode.END;
            }
            if (!follow(code.opcode(), code)) {
                return false;
            }
        }
        return false;
    }

    private boolean follow(int opcode, CodeReader code) {
        int local = (int) code.immediate();
        switch (opcode) {
            case Opcode.LOCAL_GET -> stack.push(get(local));
            case Opcode.LOCAL_SET -> written.put(local, pop());
            case Opcode.LOCAL_TEE -> {
                Value value = pop();
                written.put(local, value);
                stack.push(value);
            }
            case Opcode.I32_CONST, Opcode.I64_CONST -> stack.push(new Constant(code.immediate()));
            case Opcode.I32_ADD, Opcode.I32_SUB -> {
                Value second = pop();
                stack.push(sum(opcode == Opcode.I32_SUB, pop(), second));
            }
            case Opcode.I32_NE -> {
                Value second = pop();
                stack.push(new Compared(false, pop(), second));
            }
            case Opcode.I32_GT_U -> {
                Value second = pop();
                stack.push(new Compared(true, pop(), second));
            }
            case Opcode.I32_LT_U -> {
                Value second = pop();
                stack.push(new Compared(true, second, pop()));
            }
            default -> {
                return access(opcode, code.second());
            }
        }
        return true;
    }

    private Value pop() {
        Value value = stack.poll();
        return value == null ? UNKNOWN : value;
    }

    private Value get(int local) {
        Value value = written.get(local);
        if (value == null) {
            readFirst.add(local);
            return new Sum(local, 0);
        }
        return value;
    }

    private static Value sum(boolean minus, Value first, Value second) {
        if (first instanceof Sum sum && second instanceof Constant(long number)) {
            long added = sum.added() + (minus ? -number : number);
            return Math.abs(added) <= REACH ? new Sum(sum.local(), (int) added) : UNKNOWN;
        }
        return first instanceof Constant && second instanceof Sum && !minus
                ? sum(false, second, first)
                : UNKNOWN;
    }

    private boolean access(int opcode, long offset) {
        int bytes =
                switch (opcode) {
                    case 0x2c, 0x2d, 0x30, 0x31, 0x3a, 0x3c -> Byte.BYTES;
                    case 0x2e, 0x2f, 0x32, 0x33, 0x3b, 0x3d -> Short.BYTES;
                    case 0x28, 0x34, 0x35, 0x36, 0x3e -> Integer.BYTES;
                    case 0x29, 0x37 -> Long.BYTES;
                    default -> 0;
                };
        boolean isStore = opcode >= 0x36;
        Value stored = isStore ? pop() : UNKNOWN;
        // An address below its local would wrap where the offset does not.
        if (bytes == 0 || offset > REACH || !(pop() instanceof Sum base) || base.added() < 0) {
            return false;
        }
        var access = new Access(new Sum(base.local(), base.added() + (int) offset), bytes);
        if (isStore) {
            stores.add(new Store(access, stored, opcode == 0x37 || opcode >= 0x3c));
        } else {
            stack.push(new Loaded(loads.size()));
            loads.add(access);
        }
        return true;
    }

    /** The stores in the order of their addresses. */
    List<Store> stores() {
        return stores.stream().sorted(Comparator.comparingInt(s -> s.to().start())).toList();
    }

    List<Access> loads() {
        return loads;
    }

    /** The value, not zero, with which the loop goes back. */
    Value condition() {
        return condition;
    }

    /**
     * The numbers that each turn adds to locals, without those that it writes before it reads them.
     *
     * @return empty if a turn finds anything else in one
     */
    Optional<Map<Integer, Integer>> steps() {
        var steps = new HashMap<Integer, Integer>();
        for (int local : readFirst) {
            Value next = written.getOrDefault(local, new Sum(local, 0));
            if (!(next instanceof Sum sum) || sum.local() != local) {
                return Optional.empty();
            }
            steps.put(local, sum.added());
        }
        return Optional.of(steps);
    }
}
