package dev.jetway.module.binary;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Names of imports as letters that the engine takes: it refuses valid ones that are no identifiers
 * of Java, and two that are empty. Escaped names can be turned back, so that messages have them as
 * they are.
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

    /** The name that the module has. */
    public static String original(String name) {
        if (!name.startsWith(ESCAPE)) {
            return name;
        }
        byte[] bytes = HexFormat.of().parseHex(name.substring(ESCAPE.length()));
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
