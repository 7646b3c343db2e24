package dev.jetway.module.binary;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Rewrites a module to an equivalent one in which functions with more parameters or results than
 * the engine can pass hand them over in globals.
 */
public final class ManyValues {
    private static final Signature NOTHING = new Signature(List.of(), List.of());

    private final Sections sections;
    private final Outline outline;
    private final AddedTypes types;
    private final AddedGlobals globals;
    private final NarrowTypes narrow;

    private ManyValues(Sections sections, Outline outline) {
        this.sections = sections;
        this.outline = outline;
        this.types = new AddedTypes(outline.types.size());
        this.globals = new AddedGlobals(outline.globals.size());
        this.narrow = new NarrowTypes(outline, types);
    }

    /**
     * The module without such functions; empty if it has none.
     *
     * @param form as {@link EngineForm} made it, valid and without tail calls
     */
    public static Optional<byte[]> without(byte[] form) throws BinaryException {
        Sections sections = Sections.of(form);
        Outline outline = Outline.of(sections);
        if (outline.types.stream().noneMatch(NarrowTypes::isWide)) {
            return Optional.empty();
        }
        return Optional.of(new ManyValues(sections, outline).rewritten());
    }

    private byte[] rewritten() throws BinaryException {
        Map<SectionId, byte[]> replaced = new EnumMap<>(SectionId.class);
        byte[] binary = sections.binary();
        replaced.put(SectionId.CODE, code());
        replaced.put(SectionId.FUNCTION, functions());
        replaced.put(SectionId.TYPE, types.section(ownTypes()));
        replaced.put(SectionId.GLOBAL, globals.section(sections.reader(SectionId.GLOBAL), binary));
        return sections.with(replaced);
    }

    /**
     * Replaces wide types although no code uses them any more: the engine fails at some of them.
     */
    private List<Signature> ownTypes() {
        return outline.types.stream()
                .map(t -> NarrowTypes.isWide(t.parameters()) ? NOTHING : t)
                .toList();
    }

    private byte[] functions() {
        List<Integer> all = outline.functionTypes;
        List<Integer> own = all.subList(outline.importedFunctions, all.size());
        var out = new BinaryWriter().u32(own.size());
        own.forEach(t -> out.u32(narrow.indexFor(t)));
        return out.bytes();
    }

    private byte[] code() throws BinaryException {
        BinaryReader in = sections.reader(SectionId.CODE);
        int count = in.hasMore() ? in.count() : 0;
        var out = new BinaryWriter().u32(count);
        for (int i = 0; i < count; i++) {
            BinaryReader body = in.part(in.u32());
            out.sized(body(outline.function(outline.importedFunctions + i), body));
        }
        return out.bytes();
    }

    private byte[] body(Signature type, BinaryReader body) throws BinaryException {
        var out = new BinaryWriter();
        boolean wide = NarrowTypes.isWide(type);
        int copied = body.at();
        if (wide) {
            begin(type, Locals.read(body), out);
            copied = body.at();
        } else {
            Locals.read(body);
        }
        var code = new CodeReader(body);
        while (code.next()) {
            if (code.opcode() == Opcode.RETURN && wide) {
                out.raw(sections.binary(), copied, code.start());
                end(type, out);
                out.octet(Opcode.RETURN);
                copied = code.end();
            } else if (NarrowTypes.isWide(called(code))) {
                out.raw(sections.binary(), copied, code.start());
                call(code, out);
                copied = code.end();
            } else if (code.opcode() == Opcode.LOOP) {
                out.raw(sections.binary(), copied, code.immediatesAt());
                loopType(code, out);
                copied = code.end();
            }
        }
        out.raw(sections.binary(), copied, body.end());
        if (wide) {
            end(type, out);
            out.octet(Opcode.END);
        }
        return out.bytes();
    }

    private void loopType(CodeReader code, BinaryWriter out) throws BinaryException {
        var in = new BinaryReader(sections.binary(), code.immediatesAt(), code.end());
        if (BlockType.read(in) instanceof BlockType.Indexed indexed
                && NarrowTypes.isWide(outline.types.get(indexed.type()).parameters())) {
            out.signed(types.indexOf(outline.types.get(indexed.type())));
        } else {
            out.raw(sections.binary(), code.immediatesAt(), code.end());
        }
    }

    /** Parameters handed over in globals become locals of the same index. */
    private void begin(Signature type, List<ValueType> locals, BinaryWriter out) {
        List<ValueType> given =
                NarrowTypes.isWide(type.parameters()) ? type.parameters() : List.of();
        out.u32(given.size() + locals.size());
        Stream.concat(given.stream(), locals.stream()).forEach(t -> t.write(out.u32(1)));
        int[] variables = globals.forEach(given);
        for (int i = 0; i < variables.length; i++) {
            get(variables[i], given.get(i), out);
            out.octet(Opcode.LOCAL_SET).u32(i);
        }
        // A branch to the function's end goes to the end of this block.
        out.octet(Opcode.BLOCK);
        out.signed(types.indexOf(new Signature(List.of(), type.results())));
    }

    private static void get(int variable, ValueType type, BinaryWriter out) {
        out.octet(Opcode.GLOBAL_GET).u32(variable);
        if (type.code() == ValueType.NON_NULL) {
            out.octet(Opcode.REF_AS_NON_NULL);
        }
    }

    /** Pops values into globals. */
    private void handOver(List<ValueType> values, BinaryWriter out) {
        int[] variables = globals.forEach(values);
        for (int i = variables.length - 1; i >= 0; i--) {
            out.octet(Opcode.GLOBAL_SET).u32(variables[i]);
        }
    }

    private void end(Signature type, BinaryWriter out) {
        if (NarrowTypes.isWide(type.results())) {
            handOver(type.results(), out);
        }
        for (int i = narrow.unusedResults(type); i > 0; i--) {
            out.octet(Opcode.I32_CONST).u32(0);
        }
    }

    /** The type of an instruction's callee; a type without results if it calls nothing. */
    private Signature called(CodeReader code) {
        int index = (int) code.immediate();
        return switch (code.opcode()) {
            case Opcode.CALL -> outline.function(index);
            case Opcode.CALL_INDIRECT, Opcode.CALL_REF -> outline.types.get(index);
            default -> NOTHING;
        };
    }

    private void call(CodeReader code, BinaryWriter out) {
        Signature type = called(code);
        if (NarrowTypes.isWide(type.parameters())) {
            handOverAround(code, type, out);
        }
        int index = (int) code.immediate();
        switch (code.opcode()) {
            case Opcode.CALL -> out.octet(Opcode.CALL).u32(index);
            case Opcode.CALL_INDIRECT ->
                    out.octet(Opcode.CALL_INDIRECT)
                            .u32(narrow.indexFor(index))
                            .u32((int) code.second());
            default -> out.octet(Opcode.CALL_REF).u32(narrow.indexFor(index));
        }
        for (int i = narrow.unusedResults(type); i > 0; i--) {
            out.octet(Opcode.DROP);
        }
        if (NarrowTypes.isWide(type.results())) {
            int[] variables = globals.forEach(type.results());
            for (int i = 0; i < variables.length; i++) {
                get(variables[i], type.results().get(i), out);
            }
        }
    }

    /** The arguments lie below the table index or the reference. */
    private void handOverAround(CodeReader code, Signature type, BinaryWriter out) {
        List<ValueType> operands = new ArrayList<>(type.parameters());
        if (code.opcode() == Opcode.CALL_INDIRECT) {
            operands.add(ValueType.INT);
        } else if (code.opcode() == Opcode.CALL_REF) {
            int narrowed = narrow.indexFor((int) code.immediate());
            operands.add(new ValueType(ValueType.NULLABLE, narrowed));
        }
        handOver(operands, out);
        if (operands.size() > type.parameters().size()) {
            int[] variables = globals.forEach(operands);
            out.octet(Opcode.GLOBAL_GET).u32(variables[variables.length - 1]);
        }
    }
}
