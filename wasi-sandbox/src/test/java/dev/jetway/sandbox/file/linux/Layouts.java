package dev.jetway.sandbox.file.linux;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The table of C's layouts and numbers, {@code layouts.tsv}. */
final class Layouts {
    /** The architectures as Java names them, in the order of the columns. */
    static final List<String> ARCHITECTURES = List.of("amd64", "aarch64");

    private static final String HEADERS =
            """
            #define _GNU_SOURCE
            #define _LARGEFILE64_SOURCE
            #include <dirent.h>
            #include <errno.h>
            #include <fcntl.h>
            #include <stddef.h>
            #include <sys/resource.h>
            #include <sys/stat.h>
            #include <sys/syscall.h>
            #include <sys/types.h>
            #include <unistd.h>
            #include <linux/openat2.h>
            #include <linux/stat.h>
            #include <linux/openat2.h>
            """;

    private Layouts() {}

    /** The value of each expression on an architecture. */
    static Map<String, Long> of(String architecture) {
        int column = 1 + ARCHITECTURES.indexOf(architecture);
        var values = new LinkedHashMap<String, Long>();
        try (InputStream in = Layouts.class.getResourceAsStream("layouts.tsv")) {
            String text =
                    new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            text.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .forEach(cells -> values.put(cells[0], Long.decode(cells[column])));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return values;
    }

    /** A program in C that does not compile where a value is another. */
    static String assertions(String architecture) {
        var text = new StringBuilder(HEADERS);
        of(architecture)
                .forEach((expression, value) ->
                        text.append("_Static_assert((long) (")
                                .append(expression)
                                .append(") == ")
                                .append(value)
                                .append(", \"\");\n"));
        return text.toString();
    }
}
