package dev.jetway.module.binary;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tail calls of a module and their callees. */
final class TailCallSites {
    /** Functions whose body has a tail call. */
    final BitSet callers = new BitSet();

    /** Functions that may be called by reference. */
    final BitSet referenced;

    private final Outline outline;
    private final Map<TailCall, Integer> numbers = new LinkedHashMap<>();

    private TailCallSites(Outline outline) {
        this.outline = outline;
        this.referenced = (BitSet) outline.referenced.clone();
    }

    static TailCallSites in(Sections sections, Outline outline) throws BinaryException {
        var sites = new TailCallSites(outline);
        BinaryReader in = sections.reader(SectionId.CODE);
        int count = in.hasMore() ? in.count() : 0;
        for (int i = 0; i < count; i++) {
            BinaryReader body = in.part(in.u32());
            Locals.read(body);
            sites.read(outline.importedFunctions + i, new CodeReader(body));
        }
        return sites;
    }

    private void read(int function, CodeReader code) throws BinaryException {
        while (code.next()) {
            if (TailCall.isOne(code)) {
                callers.set(function);
                numbers.putIfAbsent(TailCall.of(code), numbers.size() + 1);
            } else if (code.opcode() == Opcode.REF_FUNC) {
                referenced.set((int) code.immediate());
            }
        }
    }

    /** All callees in the order of their numbers, which begin with 1. */
    List<TailCall> all() {
        return new ArrayList<>(numbers.keySet());
    }

    int number(TailCall call) {
        return numbers.getOrDefault(call, 0);
    }

    /** The types of calls without a known index. */
    Set<Signature> typesOfUnknown() {
        var types = new HashSet<Signature>();
        for (TailCall call : numbers.keySet()) {
            if (!(call instanceof TailCall.Direct)) {
                types.add(call.signature(outline));
            }
        }
        return types;
    }
}
