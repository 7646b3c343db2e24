package dev.jetway.module.binary;

import dev.jetway.module.binary.BinaryException.Proposal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The declarations of a module outside of function bodies, checked against the binary format. */
final class Outline {
    private static final int TABLE_WITH_VALUE = 0x40;

    /** The type index of each function, imported ones first. */
    final List<Integer> functionTypes = new ArrayList<>();

    final List<Signature> types = new ArrayList<>();
    final List<Integer> tagTypes = new ArrayList<>();
    final List<ValueType> globals = new ArrayList<>();

    /** Functions that may be referenced: those in segments and in initial values. */
    final BitSet referenced = new BitSet();

    /** The data segments that are copied to memory when the module starts. */
    final BitSet activeData = new BitSet();

    int importedFunctions;
    int tables;
    int memories;
    int elements;
    int dataSegments;

    private final Sections sections;

    private Outline(Sections sections) {
        this.sections = sections;
    }

    static Outline of(Sections sections) throws BinaryException {
        var outline = new Outline(sections);
        outline.types();
        outline.imports();
        outline.functions();
        outline.tables();
        outline.memories();
        outline.tags();
        outline.globals();
        outline.exports();
        outline.start();
        outline.elements();
        outline.data();
        return outline;
    }

    Signature type(int index, BinaryReader in) throws BinaryException {
        return types.get(checked(index, types.size(), "type", in));
    }

    Signature function(int index) {
        return types.get(functionTypes.get(index));
    }

    /** Reads an index and checks its range. */
    static int checked(int index, int size, String of, BinaryReader in) throws BinaryException {
        if (index < 0 || index >= size) {
            throw in.malformed("unknown " + of + " " + Integer.toUnsignedString(index));
        }
        return index;
    }

    private void types() throws BinaryException {
        BinaryReader in = sections.reader(SectionId.TYPE);
        for (int left = in.hasMore() ? in.count() : 0; left > 0; left--) {
            int form = in.octet();
            switch (form) {
                case 0x60 -> types.add(Signature.read(in));
                case 0x5e, 0x5f, 0x4e, 0x4f, 0x50 ->
                        throw new BinaryException.Unsupported(Proposal.GARBAGE_COLLECTION);
                default -> throw in.malformed("malformed type");
            }
        }
        in.requireEnd();
    }

    private void imports() throws BinaryException {
        BinaryReader in = sections.reader(SectionId.IMPORT);
        for (int left = in.hasMore() ? in.count() : 0; left > 0; left--) {
            in.name();
            in.name();
            importOf(in.octet(), in);
        }
        in.requireEnd();
        importedFunctions = functionTypes.size();
    }

    /** Skips the description of an import, once it has been checked. */
    static void skipImport(BinaryReader in) throws BinaryException {
        switch (in.octet()) {
            case 0 -> in.u32();
            case 1 -> {
                ValueType.read(in);
                limits(in);
            }
            case 2 -> limits(in);
            case 3 -> {
                ValueType.read(in);
                in.octet();
            }
            default -> {
                in.octet();
                in.u32();
            }
        }
    }

    private void importOf(int kind, BinaryReader in) throws BinaryException {
        switch (kind) {
            case 0 -> functionTypes.add(checked(in.u32(), types.size(), "type", in));
            case 1 -> table(in);
            case 2 -> memory(in);
            case 3 -> global(in);
            case 4 -> tag(in);
            default -> throw in.malformed("malformed import kind");
        }
    }

    private void functions() throws BinaryException {
        BinaryReader in = sections.reader(SectionId.FUNCTION);
        for (int left = in.hasMore() ? in.count() : 0; left > 0; left--) {
            functionTypes.add(checked(in.u32(), types.size(), "type", in));
        }
        in.requireEnd();
    }

    private void tables() throws BinaryException {
        BinaryReader in = sections.reader(SectionId.TABLE);
        for (int left = in.hasMore() ? in.count() : 0; left > 0; left--) {
            int start = in.at();
            boolean initialised = in.octet() == TABLE_WITH_VALUE;
            if (!initialised) {
                in.from(start);
            } else if (in.octet() != 0) {
                throw in.malformed("malformed table");
            }
            table(in);
            if (initialised) {
                expression(in);
            }
        }
        in.requireEnd();
    }

    private void table(BinaryReader in) throws BinaryException {
        if (!ValueType.read(in).isReference()) {
            throw in.malformed("malformed reference type");
        }
        limits(in);
        tables++;
    }

    private void memories() throws BinaryException {
        BinaryReader in = sections.reader(SectionId.MEMORY);
        for (int left = in.hasMore() ? in.count() : 0; left > 0; left--) {
            memory(in);
        }
        in.requireEnd();
    }

    private void memory(BinaryReader in) throws BinaryException {
        limits(in);
        memories++;
        if (memories > 1) {
            throw new BinaryException.Unsupported(Proposal.MULTI_MEMORY);
        }
    }

    private static void limits(BinaryReader in) throws BinaryException {
        int flags = in.octet();
        if (flags > 0x0f) {
            throw in.malformed("integer too large or malformed limits");
        }
        if ((flags & 8) != 0) {
            throw new BinaryException.Unsupported(Proposal.CUSTOM_PAGE_SIZES);
        }
        if ((flags & 4) != 0) {
            throw new BinaryException.Unsupported(Proposal.MEMORY64);
        }
        if (flags == 3) {
            throw new BinaryException.Unsupported(Proposal.THREADS);
        }
        if (flags == 2) {
            throw in.malformed("shared memory must have maximum");
        }
        in.u32();
        if (flags == 1) {
            in.u32();
        }
    }

    private void tags() throws BinaryException {
        BinaryReader in = sections.reader(SectionId.TAG);
        for (int left = in.hasMore() ? in.count() : 0; left > 0; left--) {
            tag(in);
        }
        in.requireEnd();
    }

    private void tag(BinaryReader in) throws BinaryException {
        if (in.octet() != 0) {
            throw in.malformed("malformed tag attribute");
        }
        int type = checked(in.u32(), types.size(), "type", in);
        if (!types.get(type).results().isEmpty()) {
            throw in.malformed("non-empty tag result type");
        }
        tagTypes.add(type);
    }

    private void globals() throws BinaryException {
        BinaryReader in = sections.reader(SectionId.GLOBAL);
        for (int left = in.hasMore() ? in.count() : 0; left > 0; left--) {
            global(in);
            expression(in);
        }
        in.requireEnd();
    }

    private void global(BinaryReader in) throws BinaryException {
        globals.add(ValueType.read(in));
        if (in.octet() > 1) {
            throw in.malformed("malformed mutability");
        }
    }

    private void exports() throws BinaryException {
        Set<String> names = new HashSet<>();
        BinaryReader in = sections.reader(SectionId.EXPORT);
        for (int left = in.hasMore() ? in.count() : 0; left > 0; left--) {
            if (!names.add(in.name())) {
                throw in.malformed("duplicate export name");
            }
            exportOf(in.octet(), in);
        }
        in.requireEnd();
    }

    private void exportOf(int kind, BinaryReader in) throws BinaryException {
        int index = in.u32();
        switch (kind) {
            case 0 -> referenced.set(checked(index, functionTypes.size(), "function", in));
            case 1 -> checked(index, tables, "table", in);
            case 2 -> checked(index, memories, "memory", in);
            case 3 -> checked(index, globals.size(), "global", in);
            case 4 -> checked(index, tagTypes.size(), "tag", in);
            default -> throw in.malformed("malformed export kind");
        }
    }

    private void start() throws BinaryException {
        if (sections.has(SectionId.START)) {
            BinaryReader in = sections.reader(SectionId.START);
            checked(in.u32(), functionTypes.size(), "function", in);
            in.requireEnd();
        }
    }

    private void elements() throws BinaryException {
        BinaryReader in = sections.reader(SectionId.ELEMENT);
        elements = in.hasMore() ? in.count() : 0;
        for (int i = 0; i < elements; i++) {
            int flags = in.u32();
            if (flags < 0 || flags > 7) {
                throw in.malformed("malformed elements segment kind");
            }
            element(flags, in);
        }
        in.requireEnd();
    }

    private void element(int flags, BinaryReader in) throws BinaryException {
        boolean active = (flags & 1) == 0;
        boolean explicit = (flags & 2) != 0;
        boolean expressions = (flags & 4) != 0;
        if (active) {
            checked(explicit ? in.u32() : 0, tables, "table", in);
            expression(in);
        }
        if (!active || explicit) {
            elementType(expressions, in);
        }
        for (int left = in.count(); left > 0; left--) {
            if (expressions) {
                expression(in);
            } else {
                referenced.set(checked(in.u32(), functionTypes.size(), "function", in));
            }
        }
    }

    private static void elementType(boolean expressions, BinaryReader in) throws BinaryException {
        if (expressions) {
            if (!ValueType.read(in).isReference()) {
                throw in.malformed("malformed reference type");
            }
        } else if (in.octet() != 0) {
            throw in.malformed("malformed element kind");
        }
    }

    private void data() throws BinaryException {
        int declared = -1;
        if (sections.has(SectionId.DATA_COUNT)) {
            BinaryReader in = sections.reader(SectionId.DATA_COUNT);
            declared = in.u32();
            in.requireEnd();
        }
        BinaryReader in = sections.reader(SectionId.DATA);
        dataSegments = in.hasMore() ? in.count() : 0;
        if (declared != -1 && declared != dataSegments) {
            throw in.malformed("data count and data section have inconsistent lengths");
        }
        for (int i = 0; i < dataSegments; i++) {
            dataSegment(i, in);
        }
        in.requireEnd();
    }

    private void dataSegment(int index, BinaryReader in) throws BinaryException {
        int mode = in.u32();
        if (mode < 0 || mode > 2) {
            throw in.malformed("malformed data segment kind");
        }
        if (mode != 1) {
            checked(mode == 2 ? in.u32() : 0, memories, "memory", in);
            expression(in);
            activeData.set(index);
        }
        in.part(in.u32());
    }

    /** Reads a constant expression to its end. */
    private void expression(BinaryReader in) throws BinaryException {
        var code = new CodeReader(in);
        while (code.next()) {
            if (code.opcode() == Opcode.END) {
                return;
            }
            if (code.opcode() == Opcode.REF_FUNC) {
                referenced.set(
                        checked((int) code.immediate(), functionTypes.size(), "function", in));
            }
        }
        throw in.malformed("unexpected end of an expression");
    }
}
