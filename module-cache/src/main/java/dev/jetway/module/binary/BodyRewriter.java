package dev.jetway.module.binary;

import dev.jetway.module.binary.Labels.Frame;
import java.util.ArrayList;
import java.util.List;

/**
 * Rewrites a function body to an equivalent one, valid if the original is, that the engine compiles
 * right:
 *
 * <ul>
 *   <li>a block type with an index of 64 to 127, some of which the engine takes for value types,
 *       gets a larger index;
 *   <li>a block loses its parameters, unless it is a loop: the engine counts them once too often
 *       where a branch leaves the block;
 *   <li>a handler of a try_table becomes a block right around it, which then branches to the
 *       original target: the engine forgets to drop the values in between on the stack, and takes a
 *       caught exception for one that may be null;
 *   <li>exceptions with values are thrown by an added function: the engine puts the values where it
 *       keeps the stack below a try_table;
 *   <li>an unreachable try_table becomes a block, and every other one gets code: the engine leaves
 *       a hole in its exception table;
 *   <li>memory.init and data.drop of an active segment, which is dropped before any code runs, name
 *       an empty one;
 *   <li>the end of a function does not directly follow the end of a block: the engine takes one for
 *       the other.
 * </ul>
 *
 * Used by one thread.
 */
final class BodyRewriter {
    private static final int FIRST_MISREAD = 64;
    private static final int REACHED = -1;

    private final Outline outline;
    private final AddedTypes types;
    private final byte[] binary;
    private final boolean hasDataCount;
    private boolean usesEmptySegment;

    private final Throwers throwers;
    private Labels labels = new Labels();
    private BinaryWriter out = new BinaryWriter();
    private AddedLocals locals = new AddedLocals(0);
    private int copied;
    private int previous;

    /** Number of open blocks when the code became unreachable, or {@link #REACHED}. */
    private int deadAt;

    BodyRewriter(Outline outline, AddedTypes types, Sections sections) {
        this.outline = outline;
        this.throwers = new Throwers(outline);
        this.types = types;
        this.binary = sections.binary();
        this.hasDataCount = sections.has(SectionId.DATA_COUNT);
    }

    /** Whether a body uses the empty passive data segment after all others. */
    boolean usesEmptySegment() {
        return usesEmptySegment;
    }

    /** The functions that the rewritten bodies call to throw exceptions. */
    Throwers throwers() {
        return throwers;
    }

    byte[] rewrite(int function, BinaryReader in) throws BinaryException {
        Signature type = outline.function(function);
        int start = in.at();
        int own = type.parameters().size() + Locals.read(in).size();
        labels = new Labels();
        out = new BinaryWriter();
        locals = new AddedLocals(own);
        copied = in.at();
        previous = Opcode.UNREACHABLE;
        deadAt = REACHED;
        final int code = in.at();
        labels.open(Opcode.BLOCK, type, List.of());
        instructions(new CodeReader(in), in);
        copyTo(in.at());
        return new BinaryWriter()
                .raw(locals.declared(new BinaryReader(binary, start, code), binary))
                .raw(out.bytes())
                .bytes();
    }

    private void instructions(CodeReader code, BinaryReader in) throws BinaryException {
        while (!labels.isEmpty() && code.next()) {
            boolean ends = code.opcode() == Opcode.END || code.opcode() == Opcode.ELSE;
            if (ends && labels.size() == deadAt) {
                deadAt = REACHED;
            }
            rewrite(code, in);
            if (deadAt == REACHED && leaves(code.opcode())) {
                deadAt = labels.size();
            }
            previous = code.opcode();
        }
        if (!labels.isEmpty()) {
            throw in.malformed("unexpected end of a function");
        }
        in.requireEnd();
    }

    private static boolean leaves(int opcode) {
        return switch (opcode) {
            case Opcode.UNREACHABLE,
                    Opcode.BR,
                    Opcode.BR_TABLE,
                    Opcode.RETURN,
                    Opcode.RETURN_CALL,
                    Opcode.RETURN_CALL_INDIRECT,
                    Opcode.RETURN_CALL_REF,
                    Opcode.THROW,
                    Opcode.THROW_REF ->
                    true;
            default -> false;
        };
    }

    private void rewrite(CodeReader code, BinaryReader in) throws BinaryException {
        switch (code.opcode()) {
            case Opcode.BLOCK, Opcode.LOOP, Opcode.IF -> open(code, in);
            case Opcode.TRY_TABLE -> openTry(code, in);
            case Opcode.ELSE -> alternate(code, in);
            case Opcode.THROW -> throwing(code, in);
            case Opcode.END -> close(code, in);
            case Opcode.BR, Opcode.BR_IF, Opcode.BR_ON_NULL, Opcode.BR_ON_NON_NULL ->
                    branch(code, in);
            case Opcode.BR_TABLE -> branchTable(code, in);
            case Opcode.MEMORY_INIT, Opcode.DATA_DROP -> segment(code, in);
            default -> {}
        }
    }

    private void open(CodeReader code, BinaryReader in) throws BinaryException {
        BlockType read = BlockType.read(again(code));
        Signature type = read.signature(outline, in);
        labels.open(code.opcode(), type, List.of());
        if (code.opcode() != Opcode.LOOP && !type.parameters().isEmpty()) {
            openWithParameters(code, type);
        } else if (read instanceof BlockType.Indexed indexed && isMisread(indexed)) {
            copyTo(code.start());
            out.octet(code.opcode()).signed(types.indexOf(type));
            copied = code.end();
        }
    }

    private void openWithParameters(CodeReader code, Signature type) {
        copyTo(code.start());
        copied = code.end();
        if (code.opcode() == Opcode.IF) {
            List<ValueType> values = new ArrayList<>(type.parameters());
            values.add(ValueType.INT);
            locals.set(values, out);
            locals.getLast(values, out);
        } else {
            locals.set(type.parameters(), out);
        }
        out.octet(code.opcode()).signed(types.indexOf(new Signature(List.of(), type.results())));
        locals.get(type.parameters(), out);
    }

    private void alternate(CodeReader code, BinaryReader in) throws BinaryException {
        Frame frame = labels.alternate();
        if (frame == null) {
            throw in.malformed("else without if");
        }
        copyTo(code.end());
        locals.get(frame.type().parameters(), out);
    }

    private void throwing(CodeReader code, BinaryReader in) throws BinaryException {
        int tag = Outline.checked((int) code.immediate(), outline.tagTypes.size(), "tag", in);
        if (throwers.values(tag).isEmpty()) {
            return;
        }
        copyTo(code.start());
        out.octet(Opcode.CALL).u32(throwers.indexOf(tag)).octet(Opcode.UNREACHABLE);
        copied = code.end();
    }

    private static boolean isMisread(BlockType.Indexed type) {
        return type.type() >= FIRST_MISREAD && type.type() < AddedTypes.FIRST;
    }

    private void openTry(CodeReader code, BinaryReader in) throws BinaryException {
        BinaryReader again = again(code);
        Signature type = BlockType.read(again).signature(outline, in);
        var catches = new ArrayList<CatchClause>();
        for (int left = again.count(); left > 0; left--) {
            CatchClause clause = CatchClause.read(again);
            requireMatch(clause, in);
            catches.add(clause);
        }
        copyTo(code.start());
        copied = code.end();
        locals.set(type.parameters(), out);
        int index = types.indexOf(new Signature(List.of(), type.results()));
        if (catches.isEmpty() || deadAt != REACHED) {
            out.octet(Opcode.BLOCK).signed(index);
            labels.open(Opcode.BLOCK, type, List.of());
            locals.get(type.parameters(), out);
            return;
        }
        out.octet(Opcode.BLOCK).signed(index);
        labels.openExtra();
        for (CatchClause clause : catches.reversed()) {
            var caught = new Signature(List.of(), caught(clause));
            out.octet(Opcode.BLOCK).signed(types.indexOf(caught));
            labels.openExtra();
        }
        out.octet(Opcode.TRY_TABLE).signed(index).u32(catches.size());
        for (int i = 0; i < catches.size(); i++) {
            catches.get(i).write(i, out);
        }
        labels.open(Opcode.TRY_TABLE, type, catches);
        // A try_table without code leaves a hole in the engine's exception table.
        out.octet(Opcode.I32_CONST).signed(0).octet(Opcode.DROP);
        locals.get(type.parameters(), out);
    }

    private void requireMatch(CatchClause clause, BinaryReader in) throws BinaryException {
        if (!clause.catchesAll()) {
            Outline.checked(clause.tag(), outline.tagTypes.size(), "tag", in);
        }
        if (labels.target(clause.label(), in).arity() != caught(clause).size()) {
            throw in.malformed("type mismatch between a catch clause and its label");
        }
    }

    /** The values that a handler gets on the stack. */
    private List<ValueType> caught(CatchClause clause) {
        var values = new ArrayList<ValueType>();
        if (!clause.catchesAll()) {
            values.addAll(throwers.values(clause.tag()));
        }
        if (clause.reference()) {
            values.add(ValueType.EXCEPTION);
        }
        return values;
    }

    private void close(CodeReader code, BinaryReader in) throws BinaryException {
        Frame frame = labels.close();
        if (frame.opcode() == Opcode.IF && !frame.type().parameters().isEmpty()) {
            copyTo(code.start());
            out.octet(Opcode.ELSE);
            locals.get(frame.type().parameters(), out);
        }
        if (labels.isEmpty() && previous == Opcode.END) {
            copyTo(code.start());
            out.octet(Opcode.NOP);
        }
        if (frame.catches().isEmpty()) {
            return;
        }
        copyTo(code.end());
        out.octet(Opcode.BR).u32(frame.catches().size());
        for (CatchClause clause : frame.catches()) {
            out.octet(Opcode.END);
            labels.closeExtra();
            if (clause.reference()) {
                out.octet(Opcode.REF_AS_NON_NULL);
            }
            out.octet(Opcode.BR).u32(labels.written(labels.target(clause.label(), in)));
        }
        out.octet(Opcode.END);
        labels.closeExtra();
    }

    private void branch(CodeReader code, BinaryReader in) throws BinaryException {
        int label = (int) code.immediate();
        int written = labels.written(labels.target(label, in));
        if (written != label) {
            copyTo(code.start());
            out.octet(code.opcode()).u32(written);
            copied = code.end();
        }
    }

    private void branchTable(CodeReader code, BinaryReader in) throws BinaryException {
        BinaryReader again = again(code);
        int count = again.count();
        var written = new BinaryWriter().u32(count);
        boolean changed = false;
        for (int i = 0; i <= count; i++) {
            int label = again.u32();
            int now = labels.written(labels.target(label, in));
            changed |= now != label;
            written.u32(now);
        }
        if (changed) {
            copyTo(code.immediatesAt());
            out.raw(written.bytes());
            copied = code.end();
        }
    }

    private void segment(CodeReader code, BinaryReader in) throws BinaryException {
        if (!hasDataCount) {
            throw in.malformed("data count section required");
        }
        int index =
                Outline.checked((int) code.immediate(), outline.dataSegments, "data segment", in);
        if (!outline.activeData.get(index)) {
            return;
        }
        usesEmptySegment = true;
        copyTo(code.immediatesAt());
        out.u32(outline.dataSegments);
        if (code.opcode() == Opcode.MEMORY_INIT) {
            out.u32((int) code.second());
        }
        copied = code.end();
    }

    private BinaryReader again(CodeReader code) {
        return new BinaryReader(binary, code.immediatesAt(), code.end());
    }

    private void copyTo(int position) {
        out.raw(binary, copied, position);
        copied = position;
    }
}
