package dev.jetway.module.binary;

import java.util.Map;
import java.util.TreeMap;

/** The debug names of functions, as far as they can be read: the section may be damaged. */
final class FunctionNames {
    private static final int FUNCTIONS = 1;

    private FunctionNames() {}

    /** Names by function index. */
    static Map<Integer, String> of(BinaryReader section) {
        var names = new TreeMap<Integer, String>();
        try {
            read(section, names);
        } catch (BinaryException e) {
            // Names read before the damage are right.
            return names;
        }
        return names;
    }

    private static void read(BinaryReader in, Map<Integer, String> names) throws BinaryException {
        while (in.hasMore()) {
            int kind = in.octet();
            BinaryReader part = in.part(in.u32());
            if (kind == FUNCTIONS) {
                for (int left = part.count(); left > 0; left--) {
                    names.put(part.u32(), part.name());
                }
            }
        }
    }

    /** A name section with these names only: the engine refuses some other subsections. */
    static void write(Map<Integer, String> names, BinaryWriter out) {
        var functions = new BinaryWriter();
        int count = 0;
        for (var name : names.entrySet()) {
            if (name.getKey() >= 0 && name.getValue().chars().allMatch(c -> c < 0x80)) {
                functions.u32(name.getKey()).name(name.getValue());
                count++;
            }
        }
        if (count > 0) {
            byte[] content = new BinaryWriter().u32(count).raw(functions.bytes()).bytes();
            var section = new BinaryWriter().name("name").octet(FUNCTIONS).sized(content);
            out.octet(SectionId.CUSTOM).sized(section.bytes());
        }
    }
}
