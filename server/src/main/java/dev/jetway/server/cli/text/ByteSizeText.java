package dev.jetway.server.cli.text;

import dev.jetway.base.ByteSize;
import java.util.Locale;

/** Sizes as people read them: {@code 12.5 MiB}. */
public final class ByteSizeText {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

    private ByteSizeText() {}

    public static String of(ByteSize size) {
        double value = size.bytes();
        int unit = 0;
        while (value >= 1024 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return unit == 0
                ? size.bytes() + " B"
                : String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }
}
