package dev.jetway.route;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Modules that execute programs named by an argument: no part of a request may become one of their
 * arguments. The content of a module with another name is checked when it is compiled ({@link
 * dev.jetway.module.CompiledModule#isInterpreter}).
 */
public final class Interpreters {
    private static final Set<String> NAMES =
            Set.of(
                    "php",
                    "perl",
                    "zeroperl",
                    "python",
                    "micropython",
                    "ruby",
                    "mruby",
                    "lua",
                    "quickjs",
                    "qjs",
                    "js",
                    "node",
                    "javy",
                    "tcl",
                    "tclsh",
                    "bash",
                    "dash",
                    "sh",
                    "busybox",
                    "awk",
                    "gawk",
                    "sqlite",
                    "guile",
                    "scheme",
                    "wasmedge");

    private Interpreters() {}

    /** Whether the words of a module's name are an interpreter's: {@code php-cgi-8.2.0.wasm}. */
    public static boolean isOne(String name) {
        String stem = name.toLowerCase(Locale.ROOT).replaceFirst("\\.(wasm|wat)$", "");
        return Stream.of(stem.split("[^a-z]+")).anyMatch(NAMES::contains);
    }
}
