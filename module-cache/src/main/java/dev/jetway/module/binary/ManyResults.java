package dev.jetway.module.binary;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A module that does the same as one with functions of more results than the engine can return:
 * such results are handed over in variables.
 */
public final class ManyResults {
    private final Sections sections;
    private final Outline outline;
    private final AddedTypes types;
    private final AddedGlobals globals;
    private final NarrowTypes narrow;

    private ManyResults(Sections sections, Outline outline) {
        this.sections = sections;
        this.outline = outline;
        this.types = new AddedTypes(outline.types.size());
        this.globals = new AddedGlobals(outline.globals.size());
        this.narrow = new NarrowTypes(outline, types);
    }

    /**
     * The module without such functions; nothing if it has none.
     *
     * @param form as {@link EngineForm} made it, valid and without tail calls
     */
    public static Optional<byte[]> without(byte[] form) throws BinaryException {
        Sections sections = Sections.of(form);
        Outline outline = Outline.of(sections);
        if (outline.types.stream().noneMatch(NarrowTypes::isWide)) {
            return Optional.empty();
        }
        return Optional.of(new ManyResults(sections, outline).rewritten());
    }

    private byte[] rewritten() throws BinaryException {
        Map<SectionId, byte[]> replaced = new EnumMap<>(SectionId.class);
        byte[] binary = sections.binary();
        replaced.put(SectionId.CODE, code());
        replaced.put(SectionId.FUNCTION, functions());
        replaced.put(SectionId.TYPE, types.section(sections.reader(SectionId.TYPE), binary));
        replaced.put(SectionId.GLOBAL, globals.section(sections.reader(SectionId.GLOBAL), binary));
        return sections.with(replaced);
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
        int copied = body.at();
        Locals.read(body);
        boolean wide = NarrowTypes.isWide(type);
        if (wide) {
            out.raw(sections.binary(), copied, body.at());
            copied = body.at();
            // A branch to the function's end goes to the end of this block.
            out.octet(Opcode.BLOCK);
            out.signed(types.indexOf(new Signature(List.of(), type.results())));
        }
        var code = new CodeReader(body);
        while (code.next()) {
            if (code.opcode() == Opcode.RETURN && wide) {
                out.raw(sections.binary(), copied, code.start());
                handOver(type, out);
                out.octet(Opcode.RETURN);
                copied = code.end();
            } else if (NarrowTypes.isWide(called(code))) {
                out.raw(sections.binary(), copied, code.start());
                call(code, out);
                copied = code.end();
            }
        }
        out.raw(sections.binary(), copied, body.end());
        if (wide) {
            handOver(type, out);
            out.octet(Opcode.END);
        }
        return out.bytes();
    }

    /** The type of what an instruction calls; one without results if it calls nothing. */
    private Signature called(CodeReader code) {
        int index = (int) code.immediate();
        return switch (code.opcode()) {
            case Opcode.CALL -> outline.function(index);
            case Opcode.CALL_INDIRECT, Opcode.CALL_REF -> outline.types.get(index);
            default -> new Signature(List.of(), List.of());
        };
    }

    private void call(CodeReader code, BinaryWriter out) {
        Signature type = called(code);
        int index = (int) code.immediate();
        switch (code.opcode()) {
            case Opcode.CALL -> out.octet(Opcode.CALL).u32(index);
            case Opcode.CALL_INDIRECT ->
                    out.octet(Opcode.CALL_INDIRECT)
                            .u32(narrow.indexFor(index))
                            .u32((int) code.second());
            default -> out.octet(Opcode.CALL_REF).u32(narrow.indexFor(index));
        }
        for (int i = narrow.dummies(type); i > 0; i--) {
            out.octet(Opcode.DROP);
        }
        int[] results = globals.forEach(type.results());
        for (int i = 0; i < results.length; i++) {
            out.octet(Opcode.GLOBAL_GET).u32(results[i]);
            if (type.results().get(i).code() == ValueType.NON_NULL) {
                out.octet(Opcode.REF_AS_NON_NULL);
            }
        }
    }

    private void handOver(Signature type, BinaryWriter out) {
        int[] results = globals.forEach(type.results());
        for (int i = results.length - 1; i >= 0; i--) {
            out.octet(Opcode.GLOBAL_SET).u32(results[i]);
        }
        for (int i = narrow.dummies(type); i > 0; i--) {
            out.octet(Opcode.I32_CONST).u32(0);
        }
    }
}
