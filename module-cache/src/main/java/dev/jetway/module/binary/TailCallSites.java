package dev.jetway.module.binary;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where a module has tail calls, and of what. */
final class TailCallSites {
    /** Functions that have one in their body. */
    final BitSet callers = new BitSet();

    /** Functions that a reference may refer to. */
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

    /** All that is called, in the order of their numbers, which begin with 1. */
    List<TailCall> all() {
        return new ArrayList<>(numbers.keySet());
    }

    int number(TailCall call) {
        return numbers.getOrDefault(call, 0);
    }

    /** The types of functions that are called without their index being known. */
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
