package dev.jetway.module.binary;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Positions of the sections of a binary, without custom ones. */
final class Sections {
    private static final int HEADER = 8;

    private final byte[] binary;
    private final Map<SectionId, Span> spans = new EnumMap<>(SectionId.class);
    private @Nullable Span names;

    /** A section's content. */
    private record Span(int start, int end) {}

    private Sections(byte[] binary) {
        this.binary = binary;
    }

    static Sections of(byte[] binary) throws BinaryException {
        var sections = new Sections(binary);
        sections.read();
        return sections;
    }

    private void read() throws BinaryException {
        var in = new BinaryReader(binary, 0, binary.length);
        in.part(HEADER);
        SectionId last = null;
        while (in.hasMore()) {
            int id = in.octet();
            BinaryReader content = in.part(in.u32());
            if (id == SectionId.CUSTOM) {
                custom(content, in.at());
                continue;
            }
            SectionId section = SectionId.of(id, in);
            if (last != null && section.compareTo(last) <= 0) {
                throw in.malformed("a section out of order: unexpected content after last section");
            }
            last = section;
            spans.put(section, new Span(content.at(), in.at()));
        }
    }

    /**
     * Of a custom section only the name must be well-formed (core specification, "Custom Section").
     */
    private void custom(BinaryReader content, int end) throws BinaryException {
        if (content.name().equals("name")) {
            names = new Span(content.at(), end);
        }
    }

    byte[] binary() {
        return binary;
    }

    boolean has(SectionId section) {
        return spans.containsKey(section);
    }

    /** The content of a section; empty if there is none. */
    BinaryReader reader(SectionId section) {
        return reader(spans.get(section));
    }

    private BinaryReader reader(@Nullable Span span) {
        return span == null
                ? new BinaryReader(binary, 0, 0)
                : new BinaryReader(binary, span.start(), span.end());
    }

    /** The module with new content for some sections; of custom sections only names remain. */
    byte[] with(Map<SectionId, byte[]> replaced) {
        var out = new BinaryWriter().raw(binary, 0, HEADER);
        for (SectionId section : SectionId.values()) {
            byte[] content = replaced.get(section);
            Span span = spans.get(section);
            if (content != null) {
                out.octet(section.id()).sized(content);
            } else if (span != null) {
                out.octet(section.id()).u32(span.end() - span.start());
                out.raw(binary, span.start(), span.end());
            }
        }
        FunctionNames.write(FunctionNames.of(reader(names)), out);
        return out.bytes();
    }
}
