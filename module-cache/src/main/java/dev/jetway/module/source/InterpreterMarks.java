package dev.jetway.module.source;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Tells interpreters by what is in them, whatever the file is called: PHP, Perl, Python, Ruby,
 * QuickJS, Lua, mruby, BusyBox. To such a module an argument may be a program (CVE-2012-1823).
 */
public final class InterpreterMarks {
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

    private InterpreterMarks() {}

    /**
     * Whether a module is an interpreter.
     *
     * @param binary the whole module
     */
    public static boolean areIn(byte[] binary) {
        String bytes = new String(binary, StandardCharsets.ISO_8859_1);
        return MARKS.stream().anyMatch(bytes::contains);
    }
}
