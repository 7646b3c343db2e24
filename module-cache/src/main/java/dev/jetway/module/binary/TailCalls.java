package dev.jetway.module.binary;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Rewrites a module to an equivalent one without tail calls that needs no stack for them. A
 * function with tail calls keeps its index and becomes two: a body, which stores the next call in
 * globals and returns, and a wrapper, which makes the stored calls in a loop. A flag tells
 * functions that are called without a known index to hand their own tail call back to that loop.
 */
public final class TailCalls {
    private final Sections sections;
    private final Outline outline;
    private final TailCallSites sites;
    private final TailCallCode added;
    private final AddedTypes types;
    private final AddedGlobals globals;
    private final Set<Signature> typesOfUnknown;

    private TailCalls(Sections sections, Outline outline, TailCallSites sites) {
        this.sections = sections;
        this.outline = outline;
        this.sites = sites;
        this.types = new AddedTypes(outline.types.size());
        this.globals = new AddedGlobals(outline.globals.size());
        this.added = new TailCallCode(outline, sites, types, globals);
        this.typesOfUnknown = sites.typesOfUnknown();
    }

    /**
     * The module without tail calls; empty if it has none.
     *
     * @param form as {@link EngineForm} made it, and valid
     */
    public static Optional<byte[]> without(byte[] form) throws BinaryException {
        Sections sections = Sections.of(form);
        Outline outline = Outline.of(sections);
        TailCallSites sites = TailCallSites.in(sections, outline);
        if (sites.callers.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new TailCalls(sections, outline, sites).rewritten());
    }

    private byte[] rewritten() throws BinaryException {
        Map<SectionId, byte[]> replaced = new EnumMap<>(SectionId.class);
        byte[] binary = sections.binary();
        replaced.put(SectionId.CODE, code());
        replaced.put(SectionId.FUNCTION, functions());
        replaced.put(SectionId.TYPE, types.section(outline.types));
        replaced.put(SectionId.GLOBAL, globals.section(sections.reader(SectionId.GLOBAL), binary));
        return sections.with(replaced);
    }

    private byte[] functions() throws BinaryException {
        BinaryReader in = sections.reader(SectionId.FUNCTION);
        List<Integer> more = added.typesOfAdded();
        var out = new BinaryWriter().u32(in.count() + more.size());
        out.raw(sections.binary(), in.at(), in.end());
        more.forEach(out::u32);
        return out.bytes();
    }

    private byte[] code() throws BinaryException {
        BinaryReader in = sections.reader(SectionId.CODE);
        int count = in.count();
        var bodies = new ArrayList<byte[]>();
        var code = new BinaryWriter();
        for (int i = 0; i < count; i++) {
            int function = outline.importedFunctions + i;
            BinaryReader body = in.part(in.u32());
            if (sites.callers.get(function)) {
                bodies.add(body(function, body));
                code.sized(added.wrapper(function));
            } else {
                code.sized(unchanged(function, body));
            }
        }
        bodies.addAll(added.loops());
        bodies.forEach(code::sized);
        return new BinaryWriter().u32(count + bodies.size()).raw(code.bytes()).bytes();
    }

    /** Rewrites a function without tail calls; the flag is not meant for its callees. */
    private byte[] unchanged(int function, BinaryReader body) throws BinaryException {
        var out = new BinaryWriter();
        int start = body.at();
        Locals.read(body);
        out.raw(sections.binary(), start, body.at());
        if (sites.referenced.get(function) && typesOfUnknown.contains(outline.function(function))) {
            added.clearHandsBack(out);
        }
        return out.raw(sections.binary(), body.at(), body.end()).bytes();
    }

    private byte[] body(int function, BinaryReader body) throws BinaryException {
        Signature type = outline.function(function);
        var out = new BinaryWriter();
        int copied = body.at();
        Locals.read(body);
        var code = new CodeReader(body);
        var blocks = new ArrayList<Integer>();
        while (code.next()) {
            switch (code.opcode()) {
                case Opcode.BLOCK, Opcode.LOOP, Opcode.IF, Opcode.TRY_TABLE ->
                        blocks.add(code.opcode());
                case Opcode.END -> {
                    if (!blocks.isEmpty()) {
                        blocks.removeLast();
                    }
                }
                default -> {
                    if (TailCall.isOne(code)) {
                        out.raw(sections.binary(), copied, code.start());
                        copied = code.end();
                        replace(TailCall.of(code), type, blocks.contains(Opcode.TRY_TABLE), out);
                    }
                }
            }
        }
        return out.raw(sections.binary(), copied, body.end()).bytes();
    }

    /** A callee without tail calls is called at once, unless its exceptions were caught. */
    private void replace(TailCall call, Signature caller, boolean insideTry, BinaryWriter out)
            throws BinaryException {
        if (call instanceof TailCall.Direct direct
                && !insideTry
                && !sites.callers.get(direct.function())) {
            out.octet(Opcode.CALL).u32(direct.function()).octet(Opcode.RETURN);
        } else {
            added.leave(call, caller, out);
        }
    }
}
