package dev.jetway.module.binary;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Escapes names of imports for the engine, which refuses valid names that are no Java identifiers,
 * and two empty ones. Escaped names can be turned back for messages.
 */
public final class ImportText {
    private static final String ESCAPE = "\u0001";

    private ImportText() {}

    static String escaped(String name) {
        boolean plain = !name.isEmpty() && !name.startsWith(ESCAPE);
        if (plain && name.chars().allMatch(c -> c < 0x80)) {
            return name;
        }
        return ESCAPE + HexFormat.of().formatHex(name.getBytes(StandardCharsets.UTF_8));
    }

    /** The original name in the module. */
    public static String original(String name) {
        if (!name.startsWith(ESCAPE)) {
            return name;
        }
        byte[] bytes = HexFormat.of().parseHex(name.substring(ESCAPE.length()));
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
