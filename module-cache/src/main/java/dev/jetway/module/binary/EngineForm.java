package dev.jetway.module.binary;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Rewrites a module to a form that the engine reads right: a strict reader checks the binary format
 * and rewrites what the engine misreads. Indices stay the same. Typing rules are left to the
 * engine's validator.
 */
public final class EngineForm {
    private final Sections sections;
    private final Outline outline;
    private final Map<SectionId, byte[]> replaced = new EnumMap<>(SectionId.class);

    private EngineForm(Sections sections) throws BinaryException {
        this.sections = sections;
        this.outline = Outline.of(sections);
    }

    /**
     * The binary for the engine; of custom sections only function names are kept.
     *
     * @throws BinaryException if it is malformed, or of a proposal that is not supported
     */
    public static byte[] of(byte[] binary) throws BinaryException {
        return new EngineForm(Sections.of(binary)).rewritten();
    }

    private byte[] rewritten() throws BinaryException {
        imports();
        var types = new AddedTypes(outline.types.size());
        var bodies = new BodyRewriter(outline, types, sections);
        code(bodies);
        if (!types.isEmpty()) {
            replaced.put(SectionId.TYPE, types.section(outline.types));
        }
        if (bodies.usesEmptySegment()) {
            addEmptySegment();
        }
        return sections.with(replaced);
    }

    private void imports() throws BinaryException {
        BinaryReader in = sections.reader(SectionId.IMPORT);
        if (!in.hasMore()) {
            return;
        }
        int count = in.count();
        var out = new BinaryWriter().u32(count);
        for (int i = 0; i < count; i++) {
            out.name(ImportText.escaped(in.name())).name(ImportText.escaped(in.name()));
            int start = in.at();
            Outline.skipImport(in);
            out.raw(sections.binary(), start, in.at());
        }
        replaced.put(SectionId.IMPORT, out.bytes());
    }

    private void code(BodyRewriter bodies) throws BinaryException {
        BinaryReader in = sections.reader(SectionId.CODE);
        int declared = outline.functionTypes.size() - outline.importedFunctions;
        int count = in.hasMore() ? in.count() : 0;
        if (count != declared) {
            throw in.malformed("function and code section have inconsistent lengths");
        }
        var code = new BinaryWriter();
        for (int i = 0; i < count; i++) {
            BinaryReader body = in.part(in.u32());
            code.sized(bodies.rewrite(outline.importedFunctions + i, body));
        }
        in.requireEnd();
        List<Integer> thrown = bodies.throwers().tags();
        thrown.forEach(tag -> code.sized(bodies.throwers().body(tag)));
        if (!thrown.isEmpty()) {
            addFunctions(thrown.stream().map(outline.tagTypes::get).toList());
        }
        if (sections.has(SectionId.CODE)) {
            byte[] all = new BinaryWriter().u32(count + thrown.size()).raw(code.bytes()).bytes();
            replaced.put(SectionId.CODE, all);
        }
    }

    private void addFunctions(List<Integer> typesOfAdded) throws BinaryException {
        BinaryReader in = sections.reader(SectionId.FUNCTION);
        var out = new BinaryWriter().u32(in.count() + typesOfAdded.size());
        out.raw(sections.binary(), in.at(), in.end());
        typesOfAdded.forEach(out::u32);
        replaced.put(SectionId.FUNCTION, out.bytes());
    }

    private void addEmptySegment() throws BinaryException {
        BinaryReader in = sections.reader(SectionId.DATA);
        int count = in.count();
        var data = new BinaryWriter().u32(count + 1);
        data.raw(sections.binary(), in.at(), in.end());
        replaced.put(SectionId.DATA, data.octet(1).u32(0).bytes());
        replaced.put(SectionId.DATA_COUNT, new BinaryWriter().u32(count + 1).bytes());
    }
}
