package dev.jetway.route;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Modules that run what an argument names: nothing of a request may become one of theirs. */
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

    /**
     * Names that only the interpreter itself has use for: of its settings, its variables of the
     * environment, its functions.
     */
    private static final List<String> MARKS =
            List.of(
                    "auto_prepend_file",
                    "PERL5LIB",
                    "PYTHONHOME",
                    "RUBYLIB",
                    "evalScript",
                    "LUA_INIT",
                    "MRUBYLIB",
                    "BusyBox v");

    private Interpreters() {}

    /**
     * Whether a module is one by what is in it, whatever it is called: PHP, Perl, Python, Ruby,
     * QuickJS, Lua, mruby or BusyBox.
     *
     * @throws IOException if it cannot be read
     */
    public static boolean isOneInside(Path module) throws IOException {
        String bytes = new String(Files.readAllBytes(module), StandardCharsets.ISO_8859_1);
        return MARKS.stream().anyMatch(bytes::contains);
    }

    /** Whether a module is one by the words of its name: {@code php-cgi-8.2.0.wasm}. */
    public static boolean isOne(Path module) {
        Path name = module.getFileName();
        if (name == null) {
            return false;
        }
        String stem = name.toString().toLowerCase(Locale.ROOT).replaceFirst("\\.(wasm|wat)$", "");
        return Stream.of(stem.split("[^a-z]+")).anyMatch(NAMES::contains);
    }
}
