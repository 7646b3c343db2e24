package dev.jetway.module.binary;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Generates the functions that {@link TailCalls} adds and the code that it puts into others. */
final class TailCallCode {
    private static final int LOCAL_OF_ONE = 1;

    private final Outline outline;
    private final TailCallSites sites;
    private final AddedTypes types;
    private final AddedGlobals globals;
    private final int pending;
    private final int handsBack;
    private final Map<Integer, Integer> bodies = new LinkedHashMap<>();
    private final Map<List<ValueType>, Integer> loops = new LinkedHashMap<>();

    TailCallCode(Outline outline, TailCallSites sites, AddedTypes types, AddedGlobals globals) {
        this.outline = outline;
        this.sites = sites;
        this.types = types;
        this.globals = globals;
        this.pending = globals.own(ValueType.INT);
        this.handsBack = globals.own(ValueType.INT);
        int next = outline.functionTypes.size();
        for (int caller : sites.callers.stream().toArray()) {
            bodies.put(caller, next++);
        }
        for (int caller : bodies.keySet()) {
            List<ValueType> results = outline.function(caller).results();
            if (!loops.containsKey(results)) {
                loops.put(results, next++);
            }
        }
    }

    /** The types of the added functions in order: bodies, then loops. */
    List<Integer> typesOfAdded() {
        var added = new ArrayList<Integer>();
        bodies.keySet().forEach(f -> added.add(outline.functionTypes.get(f)));
        loops.keySet().forEach(r -> added.add(types.indexOf(new Signature(List.of(), r))));
        return added;
    }

    /** The loops that call what is pending, in the order of their types. */
    List<byte[]> loops() {
        return loops.keySet().stream().map(this::loop).toList();
    }

    /** Code of a wrapper: calls the body, then the pending tail calls. */
    byte[] wrapper(int function) {
        Signature type = outline.function(function);
        int flag = type.parameters().size();
        var out = new BinaryWriter();
        oneLocal(out);
        out.octet(Opcode.GLOBAL_GET).u32(handsBack).octet(Opcode.LOCAL_SET).u32(flag);
        clearHandsBack(out);
        for (int i = 0; i < flag; i++) {
            out.octet(Opcode.LOCAL_GET).u32(i);
        }
        out.octet(Opcode.CALL).u32(bodies.getOrDefault(function, 0));
        out.octet(Opcode.LOCAL_GET).u32(flag).octet(Opcode.BR_IF).u32(0);
        returnUnlessPending(0, out);
        drop(type.results(), out);
        out.octet(Opcode.CALL).u32(loops.getOrDefault(type.results(), 0));
        return out.octet(Opcode.END).bytes();
    }

    private static void oneLocal(BinaryWriter out) {
        out.u32(LOCAL_OF_ONE).u32(LOCAL_OF_ONE);
        ValueType.INT.write(out);
    }

    void clearHandsBack(BinaryWriter out) {
        set(handsBack, 0, out);
    }

    private static void set(int global, int value, BinaryWriter out) {
        out.octet(Opcode.I32_CONST).signed(value).octet(Opcode.GLOBAL_SET).u32(global);
    }

    private void returnUnlessPending(int label, BinaryWriter out) {
        out.octet(Opcode.GLOBAL_GET).u32(pending).octet(Opcode.I32_EQZ);
        out.octet(Opcode.BR_IF).u32(label);
    }

    private static void drop(List<ValueType> values, BinaryWriter out) {
        values.forEach(v -> out.octet(Opcode.DROP));
    }

    /**
     * Code in place of a tail call: stores the callee as pending, to be called after the return.
     */
    void leave(TailCall call, Signature caller, BinaryWriter out) throws BinaryException {
        if (!caller.results().equals(call.signature(outline).results())) {
            throw unsupported();
        }
        int[] operands = globals.forEach(call.operands(outline));
        for (int i = operands.length - 1; i >= 0; i--) {
            out.octet(Opcode.GLOBAL_SET).u32(operands[i]);
        }
        set(pending, sites.number(call), out);
        for (ValueType result : caller.results()) {
            if (result.code() == ValueType.NON_NULL) {
                throw unsupported();
            }
            result.writeDefault(out);
        }
        out.octet(Opcode.RETURN);
    }

    private static BinaryException unsupported() {
        return new BinaryException.Unsupported(
                "has a tail call between functions whose results are references of different types or never null,"
                        + " which is not supported: build it without tail calls");
    }

    private byte[] loop(List<ValueType> results) {
        List<TailCall> all = sites.all();
        var mine = new ArrayList<TailCall>();
        var table = new BinaryWriter().u32(all.size());
        int others = (int) all.stream().filter(c -> leaves(c, results)).count();
        for (TailCall call : all) {
            table.u32(leaves(call, results) ? mine.size() : others);
            if (leaves(call, results)) {
                mine.add(call);
            }
        }
        var out = new BinaryWriter();
        oneLocal(out);
        out.octet(Opcode.LOOP).signed(types.indexOf(new Signature(List.of(), results)));
        out.octet(Opcode.GLOBAL_GET).u32(pending).octet(Opcode.LOCAL_SET).u32(0);
        set(pending, 0, out);
        for (int i = 0; i <= mine.size(); i++) {
            out.octet(Opcode.BLOCK).octet(BlockType.EMPTY);
        }
        out.octet(Opcode.LOCAL_GET).u32(0).octet(Opcode.I32_CONST).signed(1).octet(Opcode.I32_SUB);
        out.octet(Opcode.BR_TABLE).raw(table.bytes()).u32(others);
        for (int i = 0; i < mine.size(); i++) {
            out.octet(Opcode.END);
            call(mine.get(i), out);
            int around = mine.size() - 1 - i;
            returnUnlessPending(around + 2, out);
            drop(results, out);
            out.octet(Opcode.BR).u32(around + 1);
        }
        out.octet(Opcode.END).octet(Opcode.UNREACHABLE);
        return out.octet(Opcode.END).octet(Opcode.END).bytes();
    }

    private boolean leaves(TailCall call, List<ValueType> results) {
        return call.signature(outline).results().equals(results);
    }

    private void call(TailCall call, BinaryWriter out) {
        List<ValueType> operands = call.operands(outline);
        int[] from = globals.forEach(operands);
        for (int i = 0; i < from.length; i++) {
            out.octet(Opcode.GLOBAL_GET).u32(from[i]);
            if (operands.get(i).code() == ValueType.NON_NULL) {
                out.octet(Opcode.REF_AS_NON_NULL);
            }
        }
        switch (call) {
            case TailCall.Direct direct -> {
                int function = direct.function();
                out.octet(Opcode.CALL).u32(bodies.getOrDefault(function, function));
            }
            case TailCall.Indirect indirect -> {
                set(handsBack, 1, out);
                out.octet(Opcode.CALL_INDIRECT).u32(indirect.type()).u32(indirect.table());
                clearHandsBack(out);
            }
            case TailCall.Reference reference -> {
                set(handsBack, 1, out);
                out.octet(Opcode.CALL_REF).u32(reference.type());
                clearHandsBack(out);
            }
        }
    }
}
