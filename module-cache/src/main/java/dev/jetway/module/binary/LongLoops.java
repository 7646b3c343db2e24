package dev.jetway.module.binary;

import dev.jetway.module.binary.LoopTurn.Access;
import dev.jetway.module.binary.LoopTurn.Compared;
import dev.jetway.module.binary.LoopTurn.Constant;
import dev.jetway.module.binary.LoopTurn.Loaded;
import dev.jetway.module.binary.LoopTurn.Store;
import dev.jetway.module.binary.LoopTurn.Sum;
import dev.jetway.module.binary.LoopTurn.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Rewrites a module to an equivalent one in which {@code memory.fill} and {@code memory.copy} do
 * the work of loops that store one value at consecutive addresses, or copy bytes: a C library's
 * {@code memset} and {@code memcpy}. In front of such a loop is put
 *
 * <pre>
 * if there are many turns, all of them within the memory, whose source and destination are apart,
 *     do all but the last of them at once
 *     change the locals as those turns would have
 * </pre>
 *
 * and the loop itself, which stays as it is, makes the turns that are left. What is put in front
 * declares no local and is valid if the loop is.
 */
public final class LongLoops {
    /** Bytes from which a loop is done at once. */
    public static final int LEAST = 256;

    private static final int MEMORY_SIZE = 0x3f;
    private static final int I32_LE_U = 0x4d;
    private static final int I64_NE = 0x52;
    private static final int I64_GE_U = 0x5a;
    private static final int I32_MUL = 0x6c;
    private static final int I32_DIV_U = 0x6e;
    private static final int I32_SHR_U = 0x76;
    private static final int I64_ADD = 0x7c;
    private static final int I64_MUL = 0x7e;
    private static final int I64_AND = 0x83;
    private static final int I64_SHL = 0x86;
    private static final int I32_WRAP_I64 = 0xa7;
    private static final int I64_EXTEND_I32_U = 0xad;
    private static final int PAGE_SHIFT = 16;

    private final Sections sections;
    private BinaryWriter out = new BinaryWriter();
    private int found;

    /**
     * The turns of a loop, which goes on while one value is higher than another.
     *
     * @param counter the local that brings them nearer to each other; the other value stays
     * @param step by how much in each turn
     */
    private record Turns(Value high, Value low, int counter, int step) {}

    /**
     * The memory that a loop changes.
     *
     * @param to the destination of a turn
     * @param from its source, of the same size; empty if a value is stored
     * @param value the value, if it is stored
     * @param isLong whether it is an i64
     * @param bytes bytes of the value that a store takes, which have to be equal
     */
    private record Range(
            Access to, Optional<Access> from, Value value, boolean isLong, int bytes) {}

    private LongLoops(Sections sections) {
        this.sections = sections;
    }

    /**
     * The module with shorter loops.
     *
     * @param form as {@link EngineForm} made it
     */
    public static byte[] shortened(byte[] form) throws BinaryException {
        return new LongLoops(Sections.of(form)).rewritten(form);
    }

    private byte[] rewritten(byte[] form) throws BinaryException {
        BinaryReader in = sections.reader(SectionId.CODE);
        int count = in.hasMore() ? in.count() : 0;
        var code = new BinaryWriter().u32(count);
        for (int i = 0; i < count; i++) {
            code.sized(body(in.part(in.u32())));
        }
        if (found == 0) {
            return form;
        }
        return sections.with(Map.of(SectionId.CODE, code.bytes()));
    }

    private byte[] body(BinaryReader body) throws BinaryException {
        out = new BinaryWriter();
        int copied = body.at();
        Locals.read(body);
        var code = new CodeReader(body);
        while (code.next()) {
            if (code.opcode() == Opcode.LOOP && isPlain(code)) {
                var inside = new BinaryReader(sections.binary(), code.end(), body.end());
                Optional<LoopTurn> turn = LoopTurn.of(new CodeReader(inside));
                if (turn.isPresent()) {
                    out.raw(sections.binary(), copied, code.start());
                    copied = code.start();
                    shorten(turn.get());
                }
            }
        }
        return out.raw(sections.binary(), copied, body.end()).bytes();
    }

    private boolean isPlain(CodeReader code) {
        return sections.binary()[code.immediatesAt()] == BlockType.EMPTY;
    }

    private void shorten(LoopTurn turn) {
        Optional<Map<Integer, Integer>> steps = turn.steps();
        Optional<Turns> turns = steps.flatMap(s -> turns(turn.condition(), s));
        Optional<Range> range = steps.flatMap(s -> range(turn, s));
        if (steps.isPresent() && turns.isPresent() && range.isPresent()) {
            write(range.get(), turns.get(), steps.get());
            found++;
        }
    }

    private static Optional<Turns> turns(Value condition, Map<Integer, Integer> steps) {
        Compared compared =
                condition instanceof Compared c
                        ? c
                        : new Compared(false, condition, new Constant(0));
        Optional<Turns> turns = turns(compared.first(), compared.second(), steps);
        return compared.greater()
                ? turns
                : turns.or(() -> turns(compared.second(), compared.first(), steps));
    }

    private static Optional<Turns> turns(Value high, Value low, Map<Integer, Integer> steps) {
        OptionalInt rises = step(low, steps);
        OptionalInt falls = step(high, steps);
        if (rises.isEmpty() || falls.isEmpty()) {
            return Optional.empty();
        }
        if (low instanceof Sum sum && rises.getAsInt() > 0 && falls.getAsInt() == 0) {
            return Optional.of(new Turns(high, low, sum.local(), rises.getAsInt()));
        }
        if (high instanceof Sum sum && falls.getAsInt() < 0 && rises.getAsInt() == 0) {
            return Optional.of(new Turns(high, low, sum.local(), -falls.getAsInt()));
        }
        return Optional.empty();
    }

    /** The step of a value that is compared after it; empty if it is compared before. */
    private static OptionalInt step(Value value, Map<Integer, Integer> steps) {
        return switch (value) {
            case Constant _ -> OptionalInt.of(0);
            case Sum(int local, int added) when steps.getOrDefault(local, 0) == added ->
                    OptionalInt.of(added);
            default -> OptionalInt.empty();
        };
    }

    private static Optional<Range> range(LoopTurn turn, Map<Integer, Integer> steps) {
        List<Store> stores = turn.stores();
        Optional<Access> to = joined(stores.stream().map(Store::to).toList(), steps);
        if (to.isEmpty()) {
            return Optional.empty();
        }
        if (turn.loads().isEmpty()) {
            return filled(to.get(), stores, steps);
        }
        // In the order of their stores.
        List<Access> loads =
                stores.stream()
                        .map(Store::value)
                        .filter(Loaded.class::isInstance)
                        .map(v -> turn.loads().get(((Loaded) v).load()))
                        .toList();
        boolean each =
                loads.size() == stores.size()
                        && turn.loads().size() == stores.size()
                        && IntStream.range(0, stores.size())
                                .allMatch(i -> loads.get(i).bytes() == stores.get(i).to().bytes());
        Value none = new Constant(0);
        return joined(loads, steps)
                .filter(from -> each)
                .map(from -> new Range(to.get(), Optional.of(from), none, false, 1));
    }

    /** Accesses that follow each other without a gap, at a local that goes on by their size. */
    private static Optional<Access> joined(List<Access> accesses, Map<Integer, Integer> steps) {
        if (accesses.isEmpty()) {
            return Optional.empty();
        }
        Access all = accesses.getFirst();
        for (Access next : accesses.subList(1, accesses.size())) {
            if (next.address().local() != all.address().local() || next.start() != all.end()) {
                return Optional.empty();
            }
            all = new Access(all.address(), all.bytes() + next.bytes());
        }
        return steps.getOrDefault(all.address().local(), 0) == all.bytes()
                ? Optional.of(all)
                : Optional.empty();
    }

    private static Optional<Range> filled(
            Access to, List<Store> stores, Map<Integer, Integer> steps) {
        Value value = stores.getFirst().value();
        int bytes = stores.stream().mapToInt(s -> s.to().bytes()).max().orElse(1);
        boolean kept =
                switch (value) {
                    case Constant(long number) -> isRepeated(number, bytes);
                    case Sum(int local, int added) ->
                            added == 0 && steps.getOrDefault(local, 0) == 0;
                    default -> false;
                };
        return kept && stores.stream().allMatch(s -> s.value().equals(value))
                ? Optional.of(
                        new Range(to, Optional.empty(), value, stores.getFirst().isLong(), bytes))
                : Optional.empty();
    }

    private static boolean isRepeated(long value, int bytes) {
        return (value & mask(bytes)) == (value & 0xff) * ones(bytes);
    }

    private static long mask(int bytes) {
        return -1L >>> (Long.SIZE - Byte.SIZE * bytes);
    }

    /** A number of bytes of one. */
    private static long ones(int bytes) {
        return 0x0101010101010101L & mask(bytes);
    }

    private void write(Range range, Turns turns, Map<Integer, Integer> steps) {
        out.octet(Opcode.BLOCK).octet(BlockType.EMPTY);
        leaveUnlessMany(turns, range.to().bytes());
        leaveUnlessInside(range.to(), turns);
        if (range.from().isPresent()) {
            copy(range.to(), range.from().get(), turns);
        } else {
            fill(range, turns);
        }
        // The number of turns comes from the counter, so that it changes last.
        int counter = turns.counter();
        steps.keySet().stream().filter(l -> l != counter).forEach(l -> go(l, steps, turns));
        go(counter, steps, turns);
        out.octet(Opcode.END);
    }

    private void leaveIf(int comparison) {
        out.octet(comparison).octet(Opcode.BR_IF).u32(0);
    }

    private void leaveUnlessMany(Turns turns, int bytes) {
        int many = (LEAST + bytes - 1) / bytes;
        push(turns.high());
        push(turns.low());
        leaveIf(I32_LE_U);
        pushRest(turns);
        out.octet(Opcode.I32_CONST).signed((long) many * turns.step());
        leaveIf(Opcode.I32_LT_U);
    }

    /** The difference less one: the steps in it are all turns but the last. */
    private void pushRest(Turns turns) {
        push(turns.high());
        push(turns.low());
        out.octet(Opcode.I32_SUB).octet(Opcode.I32_CONST).signed(1).octet(Opcode.I32_SUB);
    }

    /** The number of all turns but the last. */
    private void pushTurns(Turns turns) {
        pushRest(turns);
        boolean shifts = Integer.bitCount(turns.step()) == 1;
        out.octet(Opcode.I32_CONST);
        out.signed(shifts ? Integer.numberOfTrailingZeros(turns.step()) : turns.step());
        out.octet(shifts ? I32_SHR_U : I32_DIV_U);
    }

    private void push(Value value) {
        if (value instanceof Sum sum) {
            out.octet(Opcode.LOCAL_GET).u32(sum.local());
        } else if (value instanceof Constant(long number)) {
            out.octet(Opcode.I32_CONST).signed(number);
        }
    }

    /** Leaves if those turns reach the memory's end, so that the loop traps where it would. */
    private void leaveUnlessInside(Access turn, Turns turns) {
        out.octet(Opcode.LOCAL_GET).u32(turn.address().local()).octet(I64_EXTEND_I32_U);
        out.octet(Opcode.I64_CONST).signed(turn.start()).octet(I64_ADD);
        pushTurns(turns);
        out.octet(I64_EXTEND_I32_U);
        out.octet(Opcode.I64_CONST).signed(turn.bytes()).octet(I64_MUL).octet(I64_ADD);
        out.octet(MEMORY_SIZE).u32(0).octet(I64_EXTEND_I32_U);
        out.octet(Opcode.I64_CONST).signed(PAGE_SHIFT).octet(I64_SHL);
        leaveIf(I64_GE_U);
    }

    private void copy(Access to, Access from, Turns turns) {
        leaveUnlessInside(from, turns);
        leaveIfWithin(to, from, turns);
        leaveIfWithin(from, to, turns);
        pushAddress(to);
        pushAddress(from);
        pushBytes(to, turns);
        out.octet(Opcode.MEMORY_COPY >> 8).u32(Opcode.MEMORY_COPY & 0xff).u32(0).u32(0);
    }

    /** Leaves if one range begins within the other. */
    private void leaveIfWithin(Access one, Access other, Turns turns) {
        pushAddress(one);
        pushAddress(other);
        out.octet(Opcode.I32_SUB);
        pushBytes(one, turns);
        leaveIf(Opcode.I32_LT_U);
    }

    private void pushAddress(Access turn) {
        out.octet(Opcode.LOCAL_GET).u32(turn.address().local());
        out.octet(Opcode.I32_CONST).signed(turn.start()).octet(Opcode.I32_ADD);
    }

    private void pushBytes(Access turn, Turns turns) {
        pushTurns(turns);
        out.octet(Opcode.I32_CONST).signed(turn.bytes()).octet(I32_MUL);
    }

    private void fill(Range range, Turns turns) {
        if (range.value() instanceof Sum sum && range.bytes() > 1) {
            leaveUnlessRepeated(sum.local(), range.isLong(), range.bytes());
        }
        pushAddress(range.to());
        if (range.value() instanceof Constant(long number)) {
            push(new Constant(number & 0xff));
        } else {
            push(range.value());
            if (range.isLong()) {
                out.octet(I32_WRAP_I64);
            }
        }
        pushBytes(range.to(), turns);
        out.octet(Opcode.MEMORY_FILL >> 8).u32(Opcode.MEMORY_FILL & 0xff).u32(0);
    }

    private void leaveUnlessRepeated(int local, boolean isLong, int bytes) {
        pushLong(local, isLong);
        out.octet(Opcode.I64_CONST).signed(mask(bytes)).octet(I64_AND);
        pushLong(local, isLong);
        out.octet(Opcode.I64_CONST).signed(0xff).octet(I64_AND);
        out.octet(Opcode.I64_CONST).signed(ones(bytes)).octet(I64_MUL);
        leaveIf(I64_NE);
    }

    private void pushLong(int local, boolean isLong) {
        out.octet(Opcode.LOCAL_GET).u32(local);
        if (!isLong) {
            out.octet(I64_EXTEND_I32_U);
        }
    }

    /** Changes a local as the turns would have. */
    private void go(int local, Map<Integer, Integer> steps, Turns turns) {
        int step = steps.getOrDefault(local, 0);
        if (step == 0) {
            return;
        }
        out.octet(Opcode.LOCAL_GET).u32(local);
        pushTurns(turns);
        out.octet(Opcode.I32_CONST).signed(step).octet(I32_MUL).octet(Opcode.I32_ADD);
        out.octet(Opcode.LOCAL_SET).u32(local);
    }
}
